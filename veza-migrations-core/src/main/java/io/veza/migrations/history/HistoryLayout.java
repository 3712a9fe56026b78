package io.veza.migrations.history;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * The history tables of a database, and which parts of them exist.
 *
 * @param schema the schema that holds them or will hold them
 * @param tables their names
 * @param parts the parts that exist
 */
public record HistoryLayout(String schema, HistoryTableNames tables, Set<HistoryTablePart> parts) {

	/** The status of the rows of a baseline. */
	static final String BASELINE = "baseline";

	/** The function of the guide that tells whether a version is applied. */
	static final String FUNCTION_APPLIED = "migration_applied";

	/** The function of the guide that records a version. */
	static final String FUNCTION_RECORD = "record_migration";

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

	public HistoryLayout {
		parts = Set.copyOf(parts);
	}

	/**
	 * Return the layout that the columns show.
	 * @param schema the schema
	 * @param tables the names of the tables
	 * @param columns the columns of the tables that exist, with their types
	 * @return the layout
	 * @throws HistoryRefusedException if a table of one of the names belongs to something
	 * else
	 */
	public static HistoryLayout of(String schema, HistoryTableNames tables, Map<String, Map<String, String>> columns) {
		Map<String, String> history = columns.get(tables.history());
		Map<String, String> events = columns.get(tables.events());
		Map<String, String> progress = columns.get(tables.progress());
		if (history != null) {
			requireGuideColumns(schema, tables, history);
		}
		requireColumns(schema, tables.events(), "events-table", EVENT_COLUMNS, events);
		requireColumns(schema, tables.progress(), "progress-table", PROGRESS_COLUMNS, progress);
		return new HistoryLayout(schema, tables,
				parts(history, events, progress, recordTablesExist(schema, tables, columns)));
	}

	private static Set<HistoryTablePart> parts(@Nullable Map<String, String> history,
			@Nullable Map<String, String> events, @Nullable Map<String, String> progress, boolean records) {
		Set<HistoryTablePart> parts = EnumSet.noneOf(HistoryTablePart.class);
		if (history != null) {
			parts.add(HistoryTablePart.HISTORY);
			addIf(history.containsKey("up_checksum"), HistoryTablePart.UP_CHECKSUM, parts);
			addIf(history.containsKey("down_sql"), HistoryTablePart.DOWN_SQL, parts);
		}
		if (events != null) {
			parts.add(HistoryTablePart.EVENTS);
			addIf(events.containsKey("up_checksum"), HistoryTablePart.EVENT_CHECKSUM, parts);
		}
		if (progress != null) {
			parts.add(HistoryTablePart.PROGRESS);
			addIf(progress.keySet().containsAll(ATTEMPT_COLUMNS), HistoryTablePart.PROGRESS_ATTEMPT, parts);
		}
		addIf(records, HistoryTablePart.RECORDS, parts);
		return parts;
	}

	private static void addIf(boolean exists, HistoryTablePart part, Set<HistoryTablePart> parts) {
		if (exists) {
			parts.add(part);
		}
	}

	private static boolean recordTablesExist(String schema, HistoryTableNames tables,
			Map<String, Map<String, String>> columns) {
		requireColumns(schema, tables.snapshot(), "table", SNAPSHOT_COLUMNS, columns.get(tables.snapshot()));
		requireColumns(schema, tables.records(), "table", RECORD_COLUMNS, columns.get(tables.records()));
		requireColumns(schema, tables.changes(), "table", CHANGE_COLUMNS, columns.get(tables.changes()));
		return columns.keySet().containsAll(List.of(tables.snapshot(), tables.records(), tables.changes()));
	}

	/**
	 * Return whether all tables exist with all columns.
	 * @return whether nothing has to be installed
	 */
	public boolean complete() {
		return this.parts.containsAll(EnumSet.allOf(HistoryTablePart.class));
	}

	/**
	 * Return whether the history table exists.
	 * @return whether it exists
	 */
	public boolean historyExists() {
		return this.parts.contains(HistoryTablePart.HISTORY);
	}

	boolean upChecksumExists() {
		return this.parts.contains(HistoryTablePart.UP_CHECKSUM);
	}

	boolean downSqlExists() {
		return this.parts.contains(HistoryTablePart.DOWN_SQL);
	}

	boolean eventsExist() {
		return this.parts.contains(HistoryTablePart.EVENTS);
	}

	boolean eventChecksumsExist() {
		return this.parts.contains(HistoryTablePart.EVENT_CHECKSUM);
	}

	boolean progressExists() {
		return this.parts.contains(HistoryTablePart.PROGRESS);
	}

	boolean attemptsExist() {
		return this.parts.contains(HistoryTablePart.PROGRESS_ATTEMPT);
	}

	/**
	 * Return whether the tables exist that record what migrations did to the catalogs.
	 * @return whether they exist
	 */
	public boolean recordsExist() {
		return this.parts.contains(HistoryTablePart.RECORDS);
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
	 * Return the quoted name of the table that holds the snapshot of the catalogs after
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
		return List.of(FUNCTION_APPLIED, FUNCTION_RECORD, appendOnly());
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
		return SqlQuoting.identifier(this.schema, name);
	}

	/**
	 * Check that a table which bears the name of the one that holds the lease is ours.
	 * @param columns the columns of the tables that exist, with their types
	 * @throws HistoryRefusedException if it belongs to something else
	 */
	public void requireLease(Map<String, Map<String, String>> columns) {
		requireColumns(this.schema, this.tables.lease(), "table", LEASE_COLUMNS, columns.get(this.tables.lease()));
	}

	private static void requireGuideColumns(String schema, HistoryTableNames tables, Map<String, String> found) {
		List<String> texts = List.of("character varying", "text");
		if (found.keySet().containsAll(GUIDE_COLUMNS) && texts.contains(found.get("version"))) {
			return;
		}
		String owner = OTHER_TOOLS.get(found.keySet());
		throw new HistoryRefusedException(
				"The table \"" + schema + "." + tables.history() + "\" is not a history table of ours: "
						+ ((owner != null) ? "its columns are those of " + owner : "it has the columns " + names(found))
						+ ". Nothing was changed. Set veza.migrations.table to another name, "
						+ "and veza.migrations.baseline-version to the version whose schema is there already.");
	}

	private static void requireColumns(String schema, String table, String property, Set<String> columns,
			@Nullable Map<String, String> found) {
		if (found != null && !found.keySet().containsAll(columns)) {
			throw new HistoryRefusedException(
					"The table \"" + schema + "." + table + "\" is not ours: it has the columns " + names(found)
							+ ". Nothing was changed. Set veza.migrations." + property + " to another name.");
		}
	}

	private static String names(Map<String, String> columns) {
		return columns.isEmpty() ? "of no table, because it is a view or another kind of relation"
				: String.join(", ", new TreeSet<>(columns.keySet()));
	}

}
