package io.veza.migrations.history;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.veza.migrations.HistoryException;
import org.jspecify.annotations.Nullable;

/**
 * What there is of the history tables in a database.
 *
 * @param schema the schema that holds them or will hold them
 * @param tables their names
 * @param historyExists whether the history table exists
 * @param complete whether all of them exist with all columns
 * @param upChecksumExists whether the history table has the {@code up_checksum} column
 * @param downSqlExists whether the history table has the {@code down_sql} column
 * @param eventsExist whether the events table exists
 * @param progressExists whether the progress table exists
 * @param attemptsExist whether the progress table has the columns for a statement that is
 * under way
 * @param eventChecksumsExist whether the events table has the {@code up_checksum} column
 * @param recordsExist whether the tables exist that record what migrations did to the
 * catalogs
 */
public record HistoryLayout(String schema, HistoryTables tables, boolean historyExists, boolean complete,
		boolean upChecksumExists, boolean downSqlExists, boolean eventsExist, boolean progressExists,
		boolean attemptsExist, boolean eventChecksumsExist, boolean recordsExist) {

	private static final Set<String> GUIDE_COLUMNS = Set.of("id", "version", "name", "applied_at", "checksum",
			"execution_time", "status");

	private static final Set<String> EVENT_COLUMNS = Set.of("id", "operation_id", "phase", "operation", "version",
			"outcome", "occurred_at", "duration_ms", "requested_by", "reason", "database_user", "host", "application",
			"token", "backup", "verification", "error");

	private static final Set<String> PROGRESS_COLUMNS = Set.of("version", "statement", "name", "operation", "checksum",
			"error", "occurred_at");

	private static final Set<String> ATTEMPT_COLUMNS = Set.of("attempting", "catalog_before");

	private static final Set<String> SNAPSHOT_COLUMNS = Set.of("kind", "identity", "relation", "definition");

	private static final Set<String> RECORD_COLUMNS = Set.of("id", "operation_id", "versions", "server", "digest",
			"recorded_at");

	private static final Set<String> CHANGE_COLUMNS = Set.of("record", "kind", "identity", "relation", "before",
			"after");

	private static final Set<String> LEASE_COLUMNS = Set.of("id", "owner", "holder", "acquired_at", "expires_at");

	/** Which other tool makes a history table with which columns. */
	private static final Map<Set<String>, String> OTHER_TOOLS = Map.of(Set.of("version"), "Rails or dbmate",
			Set.of("version", "dirty"), "golang-migrate", Set.of("version", "inserted_at"), "Ecto",
			Set.of("installed_rank", "version", "description", "type", "script", "checksum", "installed_by",
					"installed_on", "execution_time", "success"),
			"Flyway");

	/**
	 * Return the layout that the columns show.
	 * @param schema the schema
	 * @param tables the names of the tables
	 * @param columns the columns of the tables that exist, with their types
	 * @return the layout
	 * @throws HistoryException if a table of one of the names belongs to something else
	 */
	public static HistoryLayout of(String schema, HistoryTables tables, Map<String, Map<String, String>> columns) {
		Map<String, String> history = columns.get(tables.history());
		Map<String, String> events = columns.get(tables.events());
		Map<String, String> progress = columns.get(tables.progress());
		if (history != null) {
			requireGuideColumns(schema, tables, history);
		}
		requireColumns(schema, tables.events(), "events-table", EVENT_COLUMNS, events);
		requireColumns(schema, tables.progress(), "progress-table", PROGRESS_COLUMNS, progress);
		boolean upChecksum = history != null && history.containsKey("up_checksum");
		boolean downSql = history != null && history.containsKey("down_sql");
		boolean attempts = progress != null && progress.keySet().containsAll(ATTEMPT_COLUMNS);
		boolean eventChecksums = events != null && events.containsKey("up_checksum");
		boolean records = recordsExist(schema, tables, columns);
		return new HistoryLayout(schema, tables, history != null,
				upChecksum && downSql && attempts && eventChecksums && records, upChecksum, downSql, events != null,
				progress != null, attempts, eventChecksums, records);
	}

	private static boolean recordsExist(String schema, HistoryTables tables, Map<String, Map<String, String>> columns) {
		requireColumns(schema, tables.snapshot(), "table", SNAPSHOT_COLUMNS, columns.get(tables.snapshot()));
		requireColumns(schema, tables.records(), "table", RECORD_COLUMNS, columns.get(tables.records()));
		requireColumns(schema, tables.changes(), "table", CHANGE_COLUMNS, columns.get(tables.changes()));
		return columns.keySet().containsAll(List.of(tables.snapshot(), tables.records(), tables.changes()));
	}

	/**
	 * Return the quoted name of the history table.
	 * @return the name with its schema
	 */
	public String history() {
		return qualified(this.tables.history());
	}

	/**
	 * Return the quoted name of the events table.
	 * @return the name with its schema
	 */
	public String events() {
		return qualified(this.tables.events());
	}

	/**
	 * Return the quoted name of the progress table.
	 * @return the name with its schema
	 */
	public String progress() {
		return qualified(this.tables.progress());
	}

	/**
	 * Return the quoted name of the table that holds the lease of a run.
	 * @return the name with its schema
	 */
	public String lease() {
		return qualified(this.tables.lease());
	}

	/**
	 * Return the quoted name of the table that holds the picture of the catalogs after
	 * the newest run.
	 * @return the name with its schema
	 */
	public String snapshot() {
		return qualified(this.tables.snapshot());
	}

	/**
	 * Return the quoted name of the table that says of which migrations it is recorded
	 * what they did to the catalogs.
	 * @return the name with its schema
	 */
	public String records() {
		return qualified(this.tables.records());
	}

	/**
	 * Return the quoted name of the table that holds what migrations did to the catalogs.
	 * @return the name with its schema
	 */
	public String changes() {
		return qualified(this.tables.changes());
	}

	/**
	 * Return the names of the functions that belong to the tables.
	 * @return the names, without their schema
	 */
	public List<String> functions() {
		return List.of(HistoryInstaller.APPLIED, HistoryInstaller.RECORD, appendOnly());
	}

	String appendOnly() {
		return this.tables.events() + "_append_only";
	}

	/**
	 * Return the quoted name of something in the schema of the tables.
	 * @param name the name
	 * @return the name with its schema
	 */
	String qualified(String name) {
		return SqlQuoting.identifier(this.schema) + "." + SqlQuoting.identifier(name);
	}

	/**
	 * Check that a table which bears the name of the one that holds the lease is ours.
	 * @param columns the columns of the tables that exist, with their types
	 * @throws HistoryException if it belongs to something else
	 */
	public void requireLease(Map<String, Map<String, String>> columns) {
		requireColumns(this.schema, this.tables.lease(), "table", LEASE_COLUMNS, columns.get(this.tables.lease()));
	}

	private static void requireGuideColumns(String schema, HistoryTables tables, Map<String, String> found) {
		List<String> texts = List.of("character varying", "text");
		if (found.keySet().containsAll(GUIDE_COLUMNS) && texts.contains(found.get("version"))) {
			return;
		}
		String owner = OTHER_TOOLS.get(found.keySet());
		throw new HistoryException(
				"The table \"" + schema + "." + tables.history() + "\" is not a history table of ours: "
						+ ((owner != null) ? "its columns are those of " + owner : "it has the columns " + names(found))
						+ ". Nothing was changed. Set veza.migrations.table to another name, "
						+ "and veza.migrations.baseline-version to the version whose schema is there already.",
				null);
	}

	private static void requireColumns(String schema, String table, String property, Set<String> columns,
			@Nullable Map<String, String> found) {
		if (found != null && !found.keySet().containsAll(columns)) {
			throw new HistoryException("The table \"" + schema + "." + table + "\" is not ours: it has the columns "
					+ names(found) + ". Nothing was changed. Set veza.migrations." + property + " to another name.",
					null);
		}
	}

	private static String names(Map<String, String> columns) {
		return columns.isEmpty() ? "of no table, because it is a view or another kind of relation"
				: String.join(", ", new TreeSet<>(columns.keySet()));
	}

}
