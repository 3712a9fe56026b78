package io.veza.migrations.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.execute.SessionSettings;
import io.veza.migrations.history.CatalogComparison;
import io.veza.migrations.history.HistoryReader;
import io.veza.migrations.lock.RunLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run that went well in one round trip: the session is put back, what the run has
 * left is read, and the lock is given back. The server does all of it or, but for a
 * connection that is lost, nothing.
 */
final class RunEnd {

	private static final Logger logger = LoggerFactory.getLogger(RunEnd.class);

	private final MigrationSession session;

	private final SessionSettings settings;

	private final RunLock.Held lock;

	private final UUID operationId;

	/**
	 * Create a new instance.
	 * @param session the session of the run
	 * @param settings its settings
	 * @param lock the lock of the run
	 * @param operationId the id of the run
	 */
	RunEnd(MigrationSession session, SessionSettings settings, RunLock.Held lock, UUID operationId) {
		this.session = session;
		this.settings = settings;
		this.lock = lock;
		this.operationId = operationId;
	}

	/**
	 * End the run.
	 * @return what was seen; empty if it takes more than a round trip, and nothing is
	 * done yet
	 */
	Optional<Seen> conclude() {
		Connection connection = this.session.connection();
		try {
			List<String> restoration = this.settings.restoration(connection);
			Optional<String> release = this.lock.releaseQuery();
			if (restoration.isEmpty() || release.isEmpty()) {
				return Optional.empty();
			}
			return Optional.of(conclude(connection, restoration, release.get()));
		}
		catch (SQLException ex) {
			logger.debug("The run is ended step by step", ex);
			return Optional.empty();
		}
	}

	private Seen conclude(Connection connection, List<String> restoration, String release) throws SQLException {
		HistoryReader reader = this.session.reader();
		CatalogComparison comparison = new CatalogComparison(this.session.records());
		List<String> statements = new ArrayList<>(restoration);
		statements.add(reader.durationsQuery(this.operationId));
		statements.add(comparison.leftBehindQuery(this.operationId));
		statements.add(release);
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(String.join(";\n", statements));
			for (int i = 0; i < restoration.size(); i++) {
				statement.getMoreResults();
			}
			Seen seen = new Seen(reader.durations(statement), comparison.leftBehind(statement));
			try (ResultSet row = statement.getResultSet()) {
				this.lock.released(row.next() && row.getBoolean(1));
			}
			return seen;
		}
	}

	/**
	 * What a run has left.
	 *
	 * @param durations how long its migrations took
	 * @param leftBehind the indexes and constraints that it has left unusable
	 */
	record Seen(Map<MigrationVersion, Duration> durations, List<CatalogDifference> leftBehind) {

		Seen {
			durations = Map.copyOf(durations);
			leftBehind = List.copyOf(leftBehind);
		}

	}

}
