package io.veza.migrations.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.status.MigrationEvent;

/**
 * Reads the audit log.
 */
public final class MigrationEventReader {

	private static final String SELECT = """
			SELECT operation_id, phase, operation, version, outcome, occurred_at, duration_ms, requested_by, reason,
				database_user, host, application, token, backup, verification, error
			FROM {events}
			""";

	private static final String OF_VERSION = SELECT + """
			WHERE version IN (%s)
			ORDER BY id""";

	private static final String LAST = SELECT + """
			ORDER BY id DESC
			LIMIT 1""";

	private static final String DURATIONS = """
			SELECT version, duration_ms
			FROM {events}
			WHERE operation_id = %s::uuid AND phase = 'finished' AND outcome = 'success'""";

	private final HistoryLayout layout;

	MigrationEventReader(HistoryLayout layout) {
		this.layout = layout;
	}

	/**
	 * Return the read of the events of a version.
	 * @param spellings how the version is written in the history and in the file
	 * @return the read, whose answer has the oldest event first
	 */
	public DatabaseRead<List<MigrationEvent>> of(List<String> spellings) {
		if (!this.layout.eventsExist()) {
			return DatabaseRead.known(List.of());
		}
		String versions = spellings.stream().map(SqlQuoting::literal).collect(Collectors.joining(", "));
		return DatabaseRead.list(named(OF_VERSION).replace("%s", versions), MigrationEventReader::event);
	}

	/**
	 * Return the read of the newest event, if it is the beginning of something.
	 * @return the read, whose answer is empty if the newest event is the end of something
	 */
	public DatabaseRead<Optional<MigrationEvent>> begunLast() {
		if (!this.layout.eventsExist()) {
			return DatabaseRead.known(Optional.empty());
		}
		return DatabaseRead.list(named(LAST), MigrationEventReader::event)
			.map((events) -> events.stream().filter((event) -> event.phase().equals("started")).findFirst());
	}

	/**
	 * Return the read of how long the migrations of a run took by the clock of the
	 * server.
	 * @param operationId the id of the run
	 * @return the read of the durations by version
	 */
	public DatabaseRead<Map<MigrationVersion, Duration>> durations(UUID operationId) {
		String query = named(DURATIONS).replace("%s", SqlQuoting.literal(operationId.toString()));
		return DatabaseRead.of(query, this::durations);
	}

	private Map<MigrationVersion, Duration> durations(ResultSet rows) throws SQLException {
		Map<MigrationVersion, Duration> durations = new HashMap<>();
		while (rows.next()) {
			durations.put(StoredHistoryValues.version(rows, this.layout),
					Duration.ofMillis(rows.getLong("duration_ms")));
		}
		return durations;
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

	private String named(String sql) {
		return sql.replace("{events}", this.layout.events());
	}

}
