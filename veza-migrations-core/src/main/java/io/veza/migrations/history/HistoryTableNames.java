package io.veza.migrations.history;

import java.util.List;

import io.veza.migrations.sql.IdentifierLength;
import org.jspecify.annotations.Nullable;

/**
 * The names of the history table, the events table and the progress table.
 *
 * @param schema their schema, {@code null} for the current schema of the session
 * @param history the name of the history table
 * @param events the name of the events table
 * @param progress the name of the progress table
 */
public record HistoryTableNames(@Nullable String schema, String history, String events, String progress) {

	/** The name that the guide gives to the history table. */
	public static final String DEFAULT_HISTORY = "schema_migrations";

	/** The name of the events table unless configured. */
	public static final String DEFAULT_EVENTS = "schema_migration_events";

	/** The name of the progress table unless configured. */
	public static final String DEFAULT_PROGRESS = "schema_migration_progress";

	/**
	 * Return the name of the table that holds the lease of a run, where a lease is used.
	 * @return the name of the history table with a suffix, shortened to what PostgreSQL
	 * takes
	 */
	public String lease() {
		return derived("_lease");
	}

	/**
	 * Return the name of the table that holds the snapshot of the catalogs after the
	 * newest run.
	 * @return the name of the history table with a suffix, shortened to what PostgreSQL
	 * takes
	 */
	public String snapshot() {
		return derived("_snapshot");
	}

	/**
	 * Return the name of the table that says of which migrations it is recorded what they
	 * did to the catalogs.
	 * @return the name of the history table with a suffix, shortened to what PostgreSQL
	 * takes
	 */
	public String records() {
		return derived("_records");
	}

	/**
	 * Return the name of the table that holds what migrations did to the catalogs.
	 * @return the name of the history table with a suffix, shortened to what PostgreSQL
	 * takes
	 */
	public String changes() {
		return derived("_changes");
	}

	/**
	 * Return the names of all tables of ours.
	 * @return the names
	 */
	public List<String> all() {
		return List.of(this.history, this.events, this.progress, lease(), snapshot(), records(), changes());
	}

	private String derived(String suffix) {
		String name = this.history + suffix;
		return IdentifierLength.fits(name) ? name
				: IdentifierLength.shortened(this.history, "_%08x".formatted(this.history.hashCode()) + suffix);
	}

	/**
	 * Return the same names in a schema.
	 * @param schema the schema
	 * @return the names
	 */
	public HistoryTableNames withSchema(String schema) {
		return new HistoryTableNames(schema, this.history, this.events, this.progress);
	}

	/**
	 * Return the names of an application that configures none.
	 * @return the names in the current schema
	 */
	public static HistoryTableNames defaults() {
		return new HistoryTableNames(null, DEFAULT_HISTORY, DEFAULT_EVENTS, DEFAULT_PROGRESS);
	}

}
