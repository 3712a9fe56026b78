package io.veza.migrations.request;

import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A request to apply pending migrations.
 *
 * @param to the last version to apply, {@code null} for all
 * @param origin the origin of the request, for the audit log
 * @param releaseHeld whether to apply held migrations again; otherwise these, and every
 * later one, is left out
 * @since 0.1.0
 */
public record MigrateRequest(@Nullable MigrationVersion to, RequestOrigin origin, boolean releaseHeld) {

	/**
	 * Create a wish that leaves out what was rolled back.
	 * @param to the last version to apply, {@code null} for all
	 * @param origin the origin of the request, for the audit log
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
