package io.veza.migrations.lock;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The table that holds the lease, by its quoted names.
 *
 * @param schema the schema
 * @param name the table with its schema
 * @param role the role that writes it, {@code null} for that of the session
 */
public record LeaseTableName(String schema, String name, @Nullable String role) {

	/** Whatever the defaults of the session are, and without ever queuing for long. */
	private static final List<String> BEGIN = List.of("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
			"SET LOCAL lock_timeout = 500", "SET LOCAL statement_timeout = 0");

	private static final String CREATE_SCHEMA = "CREATE SCHEMA IF NOT EXISTS {schema}";

	/** At most one row: who works on the history now. */
	private static final String CREATE_TABLE = """
			CREATE TABLE IF NOT EXISTS {table} (
				id INTEGER PRIMARY KEY CHECK (id = 1),
				owner UUID NOT NULL,
				holder TEXT NOT NULL,
				acquired_at TIMESTAMPTZ NOT NULL,
				expires_at TIMESTAMPTZ NOT NULL
			)""";

	private static final String HOLDER = """
			SELECT owner, holder, acquired_at::text AS since, expires_at::text AS until,
				expires_at < pg_catalog.clock_timestamp() AS ended
			FROM {table}""";

	/**
	 * Return what a transaction of its own begins with.
	 * @return the SQL
	 */
	List<String> begin() {
		List<String> statements = new ArrayList<>(BEGIN);
		if (this.role != null) {
			statements.add("SET LOCAL ROLE " + this.role);
		}
		return statements;
	}

	String createSchema() {
		return CREATE_SCHEMA.replace("{schema}", this.schema);
	}

	String createTable() {
		return CREATE_TABLE.replace("{table}", this.name);
	}

	String readHolder() {
		return HOLDER.replace("{table}", this.name);
	}

}
