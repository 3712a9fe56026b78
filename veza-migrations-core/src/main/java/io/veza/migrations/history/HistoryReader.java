package io.veza.migrations.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Checksum;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.HistoryException;
import io.veza.migrations.MigrationEvent;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history tables.
 */
public final class HistoryReader {

	/** The status of the rows of a baseline. */
	static final String BASELINE = "baseline";

	private static final String APPLIED = """
			SELECT h.id, h.version, h.name, h.applied_at, h.checksum, {up_checksum} AS up_checksum, h.execution_time,
				h.status, {down_stored} AS down_stored
			FROM {history} h
			ORDER BY h.id""";

	private static final String PROGRESS = """
			SELECT version, statement, name, operation, checksum, error, {attempting} AS attempting,
				{catalog_before} AS catalog_before
			FROM {progress}
			ORDER BY version, statement""";

	/**
	 * Read at each start: the index finds what is newer than a rollback. What is left is
	 * compared as versions, for which {@code 001} and {@code 1.0} are {@code 1}.
	 */
	private static final String HELD = """
			WITH rolled_back AS MATERIALIZED (
				SELECT e.id, e.version, e.occurred_at, e.requested_by, e.database_user, e.reason,
					{event_checksum} AS up_checksum
				FROM {events} e
				WHERE e.operation = 'rollback' AND e.phase = 'finished' AND e.outcome = 'success'
					AND NOT EXISTS (
						SELECT 1
						FROM {events} newer
						WHERE newer.version = e.version AND newer.id > e.id
							AND newer.operation IN ('migrate', 'rollback', 'repair', 'baseline')))
			SELECT r.version, r.occurred_at, r.requested_by, r.database_user, r.reason, r.up_checksum
			FROM rolled_back r
			WHERE NOT EXISTS (
				SELECT 1
				FROM {events} newer
				WHERE newer.id > r.id AND newer.id > (SELECT pg_catalog.min(id) FROM rolled_back)
					AND newer.operation IN ('migrate', 'rollback', 'repair', 'baseline')
					AND {newer_number} = {number})
			ORDER BY r.id""";

	/**
	 * A version without leading zeros of its parts, and without parts that are zero at
	 * its end.
	 */
	private static final String NUMBER = """
			pg_catalog.regexp_replace(pg_catalog.regexp_replace(%s, '(?<![0-9])0+', '', 'g'), '[.]+$', '')""";

	private static final String APPLIED_BY = """
			SELECT DISTINCT ON (version) version, coalesce(requested_by, database_user) AS applied_by
			FROM {events}
			WHERE operation IN ('migrate', 'baseline', 'repair') AND phase = 'finished' AND outcome = 'success'
			ORDER BY version, id DESC""";

	private static final String EVENTS = """
			SELECT operation_id, phase, operation, version, outcome, occurred_at, duration_ms, requested_by, reason,
				database_user, host, application, token, backup, verification, error
			FROM {events}
			WHERE version = ANY (?)
			ORDER BY id""";

	private static final String LAST = """
			SELECT operation_id, phase, operation, version, outcome, occurred_at, duration_ms, requested_by, reason,
				database_user, host, application, token, backup, verification, error
			FROM {events}
			ORDER BY id DESC
			LIMIT 1""";

	private static final String DURATIONS = """
			SELECT version, duration_ms
			FROM {events}
			WHERE operation_id = %s::uuid AND phase = 'finished' AND outcome = 'success'""";

	private static final String DOWN_CHECKSUMS = """
			SELECT id, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(down_sql, 'UTF8')), 'hex') AS checksum
			FROM {history}
			WHERE id = ANY (?) AND down_sql IS NOT NULL""";

	/** The server computes none while another run holds the lock. */
	private static final String ALL_DOWN_CHECKSUMS = """
			SELECT id, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(down_sql, 'UTF8')), 'hex') AS checksum
			FROM {history}
			WHERE down_sql IS NOT NULL AND %s""";

	private static final String DOWN = "SELECT down_sql FROM {history} WHERE id = ?";

	private final HistoryLayout layout;

	/**
	 * Create a new instance.
	 * @param layout what there is of the tables
	 */
	public HistoryReader(HistoryLayout layout) {
		this.layout = layout;
	}

	/**
	 * Read what decides about the next run, in one round trip.
	 * @param connection the connection
	 * @return the history; empty if there are no tables
	 * @throws SQLException if the tables cannot be read
	 */
	public MigrationHistory read(Connection connection) throws SQLException {
		return read(connection, false);
	}

	/**
	 * Read the history together with who applied each migration, in one round trip.
	 * @param connection the connection
	 * @return the history; empty if there are no tables
	 * @throws SQLException if the tables cannot be read
	 */
	public MigrationHistory readWithAuthors(Connection connection) throws SQLException {
		return read(connection, this.layout.eventsExist());
	}

	private MigrationHistory read(Connection connection, boolean withAuthors) throws SQLException {
		if (!this.layout.historyExists()) {
			return MigrationHistory.EMPTY;
		}
		List<String> queries = new ArrayList<>();
		if (withAuthors) {
			queries.add(named(APPLIED_BY));
		}
		queries.addAll(queries());
		try (Statement statement = connection.createStatement()) {
			statement.execute(String.join(";\n", queries));
			return read(statement, withAuthors ? authors(statement) : Map.of());
		}
	}

	/**
	 * Return the queries for what decides about the next run, to be sent together with
	 * others.
	 * @return the SQL, none if there are no tables
	 */
	public List<String> queries() {
		if (!this.layout.historyExists()) {
			return List.of();
		}
		List<String> queries = new ArrayList<>(List.of(named(APPLIED)));
		if (this.layout.progressExists()) {
			queries.add(named(PROGRESS));
		}
		if (this.layout.eventsExist()) {
			queries.add(named(HELD));
		}
		return queries;
	}

	/**
	 * Read what the {@link #queries} have found, and go on to the next result.
	 * @param statement the statement, whose current result is that of the first of them
	 * @return the history; empty if there are no tables
	 * @throws SQLException if it cannot be read
	 */
	public MigrationHistory read(Statement statement) throws SQLException {
		return this.layout.historyExists() ? read(statement, Map.of()) : MigrationHistory.EMPTY;
	}

	private MigrationHistory read(Statement statement, Map<String, String> authors) throws SQLException {
		List<AppliedMigration> applied = applied(statement, authors);
		List<MigrationProgress> unfinished = this.layout.progressExists() ? unfinished(statement) : List.of();
		List<HeldMigration> held = this.layout.eventsExist() ? held(statement) : List.of();
		return new MigrationHistory(applied, unfinished, held.stream()
			.filter((rolledBack) -> applied.stream().noneMatch((row) -> row.version().equals(rolledBack.version())))
			.toList());
	}

	/**
	 * Read the DOWN that is stored with a row.
	 * @param connection the connection
	 * @param row the row
	 * @return the text of the section, or empty if none is stored
	 * @throws SQLException if the table cannot be read
	 */
	public Optional<String> storedDown(Connection connection, AppliedMigration row) throws SQLException {
		if (!row.downStored()) {
			return Optional.empty();
		}
		try (PreparedStatement statement = connection.prepareStatement(named(DOWN))) {
			statement.setLong(1, row.id());
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next() ? Optional.ofNullable(rows.getString("down_sql")) : Optional.empty();
			}
		}
	}

	/**
	 * Read the checksums of the DOWNs that are stored with rows: the server computes them
	 * all at once.
	 * @param connection the connection
	 * @param rows the rows
	 * @return the SHA-256 of each text in UTF-8 by the id of the row; none for a row
	 * without a stored DOWN
	 * @throws SQLException if the table cannot be read
	 */
	public Map<Long, Checksum> storedDownChecksums(Connection connection, List<AppliedMigration> rows)
			throws SQLException {
		if (rows.stream().noneMatch(AppliedMigration::downStored)) {
			return Map.of();
		}
		try (PreparedStatement statement = connection.prepareStatement(named(DOWN_CHECKSUMS))) {
			statement.setArray(1,
					connection.createArrayOf("bigint", rows.stream().map(AppliedMigration::id).toArray()));
			statement.execute();
			return storedDownChecksums(statement);
		}
	}

	/**
	 * Return the query for the checksums of all stored DOWNs, to be sent together with
	 * others.
	 * @param condition an SQL condition without which none are computed
	 * @return the SQL, none if no DOWNs are stored
	 */
	public List<String> storedDownChecksumQueries(String condition) {
		return this.layout.downSqlExists() ? List.of(named(ALL_DOWN_CHECKSUMS.formatted(condition))) : List.of();
	}

	/**
	 * Read checksums of stored DOWNs, and go on to the next result.
	 * @param statement the statement, whose current result is that of their query
	 * @return the checksums by the id of the row
	 * @throws SQLException if they cannot be read
	 */
	public Map<Long, Checksum> storedDownChecksums(Statement statement) throws SQLException {
		Map<Long, Checksum> checksums = new HashMap<>();
		if (this.layout.downSqlExists()) {
			try (ResultSet found = statement.getResultSet()) {
				while (found.next()) {
					checksums.put(found.getLong("id"), new Checksum(found.getString("checksum")));
				}
			}
			statement.getMoreResults();
		}
		return checksums;
	}

	/**
	 * Read what the audit log says about a version.
	 * @param connection the connection
	 * @param spellings how the version is written in the history and in the file
	 * @return the events, oldest first
	 * @throws SQLException if the table cannot be read
	 */
	public List<MigrationEvent> events(Connection connection, List<String> spellings) throws SQLException {
		if (!this.layout.eventsExist()) {
			return List.of();
		}
		try (PreparedStatement statement = connection.prepareStatement(named(EVENTS))) {
			statement.setArray(1, connection.createArrayOf("text", spellings.toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				List<MigrationEvent> events = new ArrayList<>();
				while (rows.next()) {
					events.add(event(rows));
				}
				return events;
			}
		}
	}

	/**
	 * Read what was begun last, if nothing has ended since.
	 * @param connection the connection
	 * @return the event, or empty if the newest event is the end of something
	 * @throws SQLException if the table cannot be read
	 */
	public Optional<MigrationEvent> begunLast(Connection connection) throws SQLException {
		if (!this.layout.eventsExist()) {
			return Optional.empty();
		}
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(named(LAST))) {
			return rows.next() ? Optional.of(event(rows)).filter((event) -> event.phase().equals("started"))
					: Optional.empty();
		}
	}

	/**
	 * Read how long the migrations of a run took by the clock of the server.
	 * @param connection the connection
	 * @param operationId the id of the run
	 * @return the durations by version
	 * @throws SQLException if the table cannot be read
	 */
	public Map<MigrationVersion, Duration> durations(Connection connection, UUID operationId) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(durationsQuery(operationId));
			return durations(statement);
		}
	}

	/**
	 * Return the query for how long the migrations of a run took, to be sent together
	 * with others.
	 * @param operationId the id of the run
	 * @return the SQL
	 */
	public String durationsQuery(UUID operationId) {
		return named(DURATIONS.formatted(SqlQuoting.literal(operationId.toString())));
	}

	/**
	 * Read how long the migrations of a run took, and go on to the next result.
	 * @param statement the statement, whose current result is that of the query
	 * @return the durations by version
	 * @throws SQLException if they cannot be read
	 */
	public Map<MigrationVersion, Duration> durations(Statement statement) throws SQLException {
		Map<MigrationVersion, Duration> durations = new HashMap<>();
		try (ResultSet rows = statement.getResultSet()) {
			while (rows.next()) {
				durations.put(version(rows), Duration.ofMillis(rows.getLong("duration_ms")));
			}
		}
		statement.getMoreResults();
		return durations;
	}

	private Map<String, String> authors(Statement statement) throws SQLException {
		Map<String, String> authors = new HashMap<>();
		try (ResultSet rows = statement.getResultSet()) {
			while (rows.next()) {
				authors.put(rows.getString("version"), rows.getString("applied_by"));
			}
		}
		statement.getMoreResults();
		return authors;
	}

	private List<AppliedMigration> applied(Statement statement, Map<String, String> authors) throws SQLException {
		List<AppliedMigration> applied = new ArrayList<>();
		try (ResultSet rows = statement.getResultSet()) {
			while (rows.next()) {
				applied.add(applied(rows, authors));
			}
		}
		statement.getMoreResults();
		requireDistinct(applied);
		return applied;
	}

	/** To the table, {@code 001} and {@code 1} are two versions. */
	private void requireDistinct(List<AppliedMigration> applied) {
		Map<MigrationVersion, String> spellings = new HashMap<>();
		for (AppliedMigration row : applied) {
			String other = spellings.putIfAbsent(row.version(), row.version().text());
			if (other != null) {
				throw new HistoryException("The history table \"" + this.layout.schema() + "."
						+ this.layout.tables().history() + "\" holds \"" + other + "\" and \"" + row.version()
						+ "\", which are the same version. Remove the row that no migration belongs to.", null);
			}
		}
	}

	private AppliedMigration applied(ResultSet row, Map<String, String> authors) throws SQLException {
		return new AppliedMigration(row.getLong("id"), version(row), row.getString("name"),
				row.getObject("applied_at", LocalDateTime.class), checksum(row.getString("checksum")),
				checksum(row.getString("up_checksum")), row.getObject("execution_time", Integer.class),
				BASELINE.equals(row.getString("status")), row.getBoolean("down_stored"),
				authors.get(row.getString("version")));
	}

	private List<MigrationProgress> unfinished(Statement statement) throws SQLException {
		Map<String, MigrationProgress> headers = new LinkedHashMap<>();
		Map<String, List<Checksum>> done = new HashMap<>();
		try (ResultSet rows = statement.getResultSet()) {
			while (rows.next()) {
				String version = rows.getString("version");
				if (rows.getInt("statement") == 0) {
					headers.put(version, header(rows));
				}
				else {
					done.computeIfAbsent(version, (key) -> new ArrayList<>())
						.add(new Checksum(rows.getString("checksum")));
				}
			}
		}
		statement.getMoreResults();
		List<MigrationProgress> unfinished = new ArrayList<>();
		headers
			.forEach((version, header) -> unfinished.add(new MigrationProgress(header.version(), header.description(),
					header.operation(), done.getOrDefault(version, List.of()), header.error(), header.attempt())));
		return unfinished;
	}

	private List<HeldMigration> held(Statement statement) throws SQLException {
		List<HeldMigration> held = new ArrayList<>();
		try (ResultSet rows = statement.getResultSet()) {
			while (rows.next()) {
				held.add(new HeldMigration(version(rows),
						rows.getObject("occurred_at", OffsetDateTime.class).toInstant(), rows.getString("requested_by"),
						rows.getString("database_user"), rows.getString("reason"),
						checksum(rows.getString("up_checksum"))));
			}
		}
		statement.getMoreResults();
		return held;
	}

	private MigrationProgress header(ResultSet row) throws SQLException {
		MigrationOperation operation = "rollback".equals(row.getString("operation")) ? MigrationOperation.ROLLBACK
				: MigrationOperation.MIGRATE;
		return new MigrationProgress(version(row), row.getString("name"), operation, List.of(), row.getString("error"),
				attempt(row));
	}

	private static MigrationProgress.@Nullable Attempt attempt(ResultSet row) throws SQLException {
		Integer number = row.getObject("attempting", Integer.class);
		return (number != null) ? new MigrationProgress.Attempt(number, new Checksum(row.getString("checksum")),
				row.getString("catalog_before")) : null;
	}

	private static MigrationEvent event(ResultSet row) throws SQLException {
		Long duration = row.getObject("duration_ms", Long.class);
		return new MigrationEvent(row.getObject("operation_id", UUID.class), row.getString("phase"),
				row.getString("operation"), row.getString("version"), row.getString("outcome"),
				row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
				(duration != null) ? Duration.ofMillis(duration) : null, row.getString("requested_by"),
				row.getString("reason"), row.getString("database_user"), row.getString("host"),
				row.getString("application"), row.getString("token"), row.getString("backup"),
				row.getString("verification"), row.getString("error"));
	}

	private MigrationVersion version(ResultSet row) throws SQLException {
		String text = row.getString("version");
		if (!MigrationVersion.isVersion(text)) {
			throw new HistoryException("The history table \"" + this.layout.schema() + "."
					+ this.layout.tables().history() + "\" holds the version \"" + text
					+ "\", which is not numeric. Give the row and its file a numeric version.", null);
		}
		return MigrationVersion.of(text);
	}

	private static @Nullable Checksum checksum(@Nullable String value) {
		return (value != null) ? new Checksum(value) : null;
	}

	private String named(String sql) {
		return sql.replace("{history}", this.layout.history())
			.replace("{events}", this.layout.events())
			.replace("{progress}", this.layout.progress())
			.replace("{up_checksum}", this.layout.upChecksumExists() ? "h.up_checksum" : "NULL::varchar")
			.replace("{attempting}", this.layout.attemptsExist() ? "attempting" : "NULL::integer")
			.replace("{catalog_before}", this.layout.attemptsExist() ? "catalog_before" : "NULL::text")
			.replace("{newer_number}", NUMBER.formatted("newer.version"))
			.replace("{number}", NUMBER.formatted("r.version"))
			.replace("{event_checksum}", this.layout.eventChecksumsExist() ? "e.up_checksum" : "NULL::varchar")
			.replace("{down_stored}", this.layout.downSqlExists() ? "h.down_sql IS NOT NULL" : "false");
	}

}
