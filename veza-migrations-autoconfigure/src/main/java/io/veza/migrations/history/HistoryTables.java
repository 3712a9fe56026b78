package io.veza.migrations.history;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The names of the history table, the events table and the progress table.
 *
 * @param schema their schema, {@code null} for the current schema of the session
 * @param history the name of the history table
 * @param events the name of the events table
 * @param progress the name of the progress table
 */
public record HistoryTables(@Nullable String schema, String history, String events, String progress) {

	/** The name that the guide gives to the history table. */
	public static final String DEFAULT_HISTORY = "schema_migrations";

	/** The name of the events table unless configured. */
	public static final String DEFAULT_EVENTS = "schema_migration_events";

	/** The name of the progress table unless configured. */
	public static final String DEFAULT_PROGRESS = "schema_migration_progress";

	private static final String LEASE_SUFFIX = "_lease";

	private static final int MAX_NAME_BYTES = 63;

	/**
	 * Return the name of the table that holds the lease of a run, where a lease is used.
	 * @return the name of the history table with a suffix, shortened to what PostgreSQL
	 * takes
	 */
	public String lease() {
		String name = this.history + LEASE_SUFFIX;
		if (name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES) {
			return name;
		}
		String suffix = "_%08x".formatted(this.history.hashCode()) + LEASE_SUFFIX;
		String start = this.history;
		while (start.getBytes(StandardCharsets.UTF_8).length + suffix.length() > MAX_NAME_BYTES) {
			start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
		}
		return start + suffix;
	}

	/**
	 * Return the names of an application that configures none.
	 * @return the names in the current schema
	 */
	public static HistoryTables defaults() {
		return new HistoryTables(null, DEFAULT_HISTORY, DEFAULT_EVENTS, DEFAULT_PROGRESS);
	}

}
