package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * A wish to apply pending migrations.
 *
 * @param to the last version to apply, {@code null} for all
 * @param origin who asks and why
 * @param releaseHeld whether to apply again what was rolled back; otherwise that, and
 * every later one, is left out
 * @since 0.1.0
 */
public record MigrateRequest(@Nullable MigrationVersion to, RequestOrigin origin, boolean releaseHeld) {

	/**
	 * Create a wish that leaves out what was rolled back.
	 * @param to the last version to apply, {@code null} for all
	 * @param origin who asks and why
	 */
	public MigrateRequest(@Nullable MigrationVersion to, RequestOrigin origin) {
		this(to, origin, false);
	}

	/**
	 * Return the wish to apply all that was not rolled back.
	 * @return the request of the application itself
	 */
	public static MigrateRequest all() {
		return new MigrateRequest(null, RequestOrigin.APPLICATION);
	}

	/**
	 * Return the same wish, which also applies again what was rolled back.
	 * @return the request
	 */
	public MigrateRequest releasingHeld() {
		return new MigrateRequest(this.to, this.origin, true);
	}

}
