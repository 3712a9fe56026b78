package io.veza.migrations.engine;

import java.sql.SQLException;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.lock.AdvisoryLockKey;
import io.veza.migrations.lock.AdvisoryRunLock;
import io.veza.migrations.lock.LeaseRunLock;
import io.veza.migrations.lock.LeaseTableName;
import io.veza.migrations.lock.RunLock;
import io.veza.migrations.lock.RunLockStrategy;
import io.veza.migrations.session.DedicatedSessionSettings;
import io.veza.migrations.session.SessionSettings;
import io.veza.migrations.session.SharedSessionSettings;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A factory of the lock that ensures one run at a time, and of the settings of its
 * session: an advisory lock and settings of the session, or a lease and settings that end
 * with each transaction.
 *
 * @param options how to work
 * @param dataSource where further connections come from
 * @param host the host of this process, {@code null} if unknown
 * @param clock measures waiting
 * @param random spreads the polls
 * @param cancellation ends the wait early
 */
record RunLockFactory(MigratorOptions options, DataSource dataSource, @Nullable String host, Clock clock,
		RandomGenerator random, CancellationToken cancellation) {

	private static final Logger logger = LoggerFactory.getLogger(RunLockFactory.class);

	/**
	 * Return the lock of a run.
	 * @param session its session
	 * @return the lock
	 */
	RunLock lock(MigrationSession session) {
		HistoryLayout layout = session.historyLayout();
		if (!isLease(session)) {
			return new AdvisoryRunLock(AdvisoryLockKey.of(layout.schema(), this.options.tables().history()), this.clock,
					this.random, this.cancellation);
		}
		if (this.options.lock().strategy() == null) {
			logger.info("The connection leads through a pooler, whose sessions are shared: "
					+ "a lease in {} ensures that one run works at a time", layout.lease());
		}
		layout.requireLease(session.facts().tables());
		String role = this.options.session().role();
		LeaseTableName table = new LeaseTableName(SqlQuoting.identifier(layout.schema()), layout.lease(),
				(role != null) ? SqlQuoting.identifier(role) : null);
		return new LeaseRunLock(table, holder(session), this.options.lock().lease(), this.dataSource, this.clock,
				this.random, this.cancellation);
	}

	/**
	 * Return the settings of the session of a run.
	 * @param session the session
	 * @return the settings
	 * @throws SQLException if they cannot be read
	 */
	SessionSettings settings(MigrationSession session) throws SQLException {
		String schema = this.options.tables().schema();
		return isLease(session)
				? SharedSessionSettings.read(session.connection(), schema, this.options.session().role())
				: DedicatedSessionSettings.read(session.connection(), schema);
	}

	/**
	 * Return which process of the server works for a run.
	 * @param session its session
	 * @return the process, empty if each transaction may have another one
	 */
	OptionalInt process(MigrationSession session) {
		return isLease(session) ? OptionalInt.empty() : OptionalInt.of(session.facts().pid());
	}

	private boolean isLease(MigrationSession session) {
		RunLockStrategy strategy = this.options.lock().strategy();
		return (strategy != null) ? strategy == RunLockStrategy.LEASE : session.facts().pooled();
	}

	private String holder(MigrationSession session) {
		StringBuilder holder = new StringBuilder("process " + ProcessHandle.current().pid());
		if (this.host != null) {
			holder.append(" on host \"").append(this.host).append('"');
		}
		if (this.options.session().application() != null) {
			holder.append(", application \"").append(this.options.session().application()).append('"');
		}
		return holder.append(", user \"").append(session.facts().user()).append('"').toString();
	}

}
