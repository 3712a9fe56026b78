package io.veza.migrations.engine.options;

import org.jspecify.annotations.Nullable;

/**
 * Options for the session of a run, and for what is told of it.
 *
 * @param role the role that migrates, {@code null} for that of the session
 * @param application the name of the application for the audit log, {@code null} if it
 * has none
 * @param blockingQueriesShown whether the SQL of sessions that block a migration may be
 * shown
 * @param rowValuesRedacted whether errors leave out what may be the values of rows
 * @since 0.1.0
 */
public record SessionOptions(@Nullable String role, @Nullable String application, boolean blockingQueriesShown,
		boolean rowValuesRedacted) {

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static SessionOptions defaults() {
		return new SessionOptions(null, null, false, false);
	}

	/**
	 * Return these options with a role.
	 * @param role the role that migrates
	 * @return the options
	 */
	public SessionOptions withRole(String role) {
		return new SessionOptions(role, this.application, this.blockingQueriesShown, this.rowValuesRedacted);
	}

}
