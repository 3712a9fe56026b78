package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * A wish to apply pending migrations.
 *
 * @param to the last version to apply, {@code null} for all
 * @param origin who asks and why
 * @since 0.1.0
 */
public record MigrateRequest(@Nullable MigrationVersion to, RequestOrigin origin) {

	/**
	 * Return the wish to apply all.
	 * @return the request of the application itself
	 */
	public static MigrateRequest all() {
		return new MigrateRequest(null, RequestOrigin.APPLICATION);
	}

}
