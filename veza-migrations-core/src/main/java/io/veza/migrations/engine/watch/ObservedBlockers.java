package io.veza.migrations.engine.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.veza.migrations.ServerSession;
import io.veza.migrations.ServerSession.Kind;
import io.veza.migrations.catalog.SessionActivity;
import io.veza.migrations.catalog.SessionActivityInspector;
import io.veza.migrations.execute.BlockerLookup;
import io.veza.migrations.execute.SentMigrationStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that were seen in the way of a statement while it waited; if nobody
 * looked, those that may have been.
 */
public final class ObservedBlockers implements BlockerLookup {

	private static final Logger logger = LoggerFactory.getLogger(ObservedBlockers.class);

	private static final Blame UNKNOWN = new Blame("a session that could not be found", null);

	private final Connection connection;

	private final boolean withQueries;

	private final RunMonitor monitor;

	private volatile @Nullable Seen last;

	/**
	 * Create a new instance.
	 * @param connection the connection of the session that works
	 * @param withQueries whether the SQL of sessions that are in the way may be shown
	 * @param monitor knows what was sent last
	 */
	public ObservedBlockers(Connection connection, boolean withQueries, RunMonitor monitor) {
		this.connection = connection;
		this.withQueries = withQueries;
		this.monitor = monitor;
	}

	/**
	 * Note what the server shows of the session that works.
	 * @param sent what had been sent when it was looked at
	 * @param activity what the server shows
	 */
	void seen(StatementInFlight sent, SessionActivity activity) {
		if (!activity.blockers().isEmpty()) {
			this.last = new Seen(sent, activity);
		}
	}

	@Override
	public Blame blame(@Nullable String sql) {
		Seen seen = this.last;
		StatementInFlight sent = this.monitor.sent();
		try {
			if (seen != null && sent != null && seen.isOf(sent, sql)) {
				return blame(seen.activity().blockers(), "");
			}
			return (sql != null) ? candidates(sql) : UNKNOWN;
		}
		catch (SQLException ex) {
			logger.debug("The server could not be asked who was in the way", ex);
			return UNKNOWN;
		}
	}

	private Blame candidates(String sql) throws SQLException {
		List<ServerSession> sessions = new SessionActivityInspector().candidates(this.connection, sql,
				this.withQueries);
		return sessions.isEmpty() ? UNKNOWN
				: blame(sessions, "probably, by the locks that were found after the wait, ");
	}

	private Blame blame(List<ServerSession> sessions, String certainty) throws SQLException {
		boolean cancelled = sessions.stream().allMatch((session) -> session.kind() == Kind.AUTOVACUUM);
		Duration cancelledAfter = cancelled ? new SessionActivityInspector().deadlockTimeout(this.connection) : null;
		return new Blame(certainty + SessionDescriptions.describe(sessions), cancelledAfter);
	}

	/**
	 * An activity of the session that works, as the server showed it.
	 *
	 * @param sent what had been sent when it was looked at
	 * @param activity the activity
	 */
	private record Seen(StatementInFlight sent, SessionActivity activity) {

		boolean isOf(StatementInFlight failed, @Nullable String sql) {
			String query = this.activity.query();
			return (sql != null && query != null)
					? this.sent.attempt() == failed.attempt() && SentMigrationStatement.isShownAs(sql, query)
					: this.sent.number() == failed.number();
		}

	}

}
