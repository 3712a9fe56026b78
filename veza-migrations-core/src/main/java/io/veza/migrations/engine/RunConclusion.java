package io.veza.migrations.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.lock.RunLock;
import io.veza.migrations.record.CatalogComparison;
import io.veza.migrations.session.SessionSettings;
import io.veza.migrations.sql.DatabaseRead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run that went well in one round trip: the session is put back, what the run has
 * left is read, and the lock is given back. The server does all of it or, but for a
 * connection that is lost, nothing.
 */
final class RunConclusion {

	private static final Logger logger = LoggerFactory.getLogger(RunConclusion.class);

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
	RunConclusion(MigrationSession session, SessionSettings settings, RunLock.Held lock, UUID operationId) {
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
			Optional<DatabaseRead<Boolean>> release = this.lock.releaseRead();
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

	private Seen conclude(Connection connection, List<String> restoration, DatabaseRead<Boolean> release)
			throws SQLException {
		CatalogComparison comparison = new CatalogComparison(this.session.records());
		Ended ended = this.session.reader()
			.events()
			.durations(this.operationId)
			.and(comparison.leftBehind(this.operationId), Seen::new)
			.and(release, Ended::new)
			.after(restoration)
			.read(connection);
		this.lock.released(ended.held());
		return ended.seen();
	}

	/**
	 * The state in which a run has left the database.
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

	private record Ended(Seen seen, boolean held) {
	}

}
