package io.veza.migrations.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.engine.operation.DatabaseFailureTranslator;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.operation.OpenOperation;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.watch.ObservedBlockers;
import io.veza.migrations.engine.watch.RunMonitor;
import io.veza.migrations.engine.watch.RunningStatementWatch;
import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.StatementInterruption;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.failure.LockNotObtainedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.history.HistoryWriterProcess;
import io.veza.migrations.lock.RunLock;
import io.veza.migrations.session.SessionSettings;
import io.veza.migrations.status.MigrationEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the lock of a database: waits for it, says who holds it, and prepares the
 * run that has it.
 */
final class RunLockAcquisition {

	private static final Logger logger = LoggerFactory.getLogger(RunLockAcquisition.class);

	private final MigratorOptions options;

	private final DataSource dataSource;

	private final RunMonitor monitor;

	private final CancellationToken cancellation;

	private final StatementInterruption interruption;

	private final Clock clock;

	private final RandomGenerator random;

	/**
	 * Create a new instance.
	 * @param options how to work
	 * @param dataSource where further connections come from
	 * @param monitor is told of waiting, and watches the run
	 * @param cancellation ends waiting and the run early
	 * @param interruption cancels statements of the run on the server
	 * @param clock measures waiting and running
	 * @param random spreads attempts
	 */
	RunLockAcquisition(MigratorOptions options, DataSource dataSource, RunMonitor monitor,
			CancellationToken cancellation, StatementInterruption interruption, Clock clock, RandomGenerator random) {
		this.options = options;
		this.dataSource = dataSource;
		this.monitor = monitor;
		this.cancellation = cancellation;
		this.interruption = interruption;
		this.clock = clock;
		this.random = random;
	}

	/**
	 * Obtain the lock.
	 * @param operation the operation that needs it
	 * @return the run that holds it, to be closed
	 * @throws LockNotObtainedException if another run holds it for too long
	 * @throws MigrationException if the database cannot be used
	 */
	LockedRun lock(OpenOperation operation) {
		return Objects.requireNonNull(lockUnless(() -> false, operation));
	}

	/**
	 * Obtain the lock, unless another run makes that unnecessary meanwhile.
	 * @param nothingLeft asked while waiting: whether nothing is left to do
	 * @param operation the operation that needs it
	 * @return the run that holds it, to be closed; {@code null} if nothing is left to do
	 * @throws LockNotObtainedException if another run holds it for too long
	 * @throws MigrationException if the database cannot be used
	 */
	@Nullable LockedRun lockUnless(BooleanSupplier nothingLeft, OpenOperation operation) {
		MigrationSession session = operation.session();
		requirePrimary(session);
		RunLockFactory locks = new RunLockFactory(this.options, this.dataSource, host(), this.clock, this.random,
				this.cancellation);
		LockedRunRead read = new LockedRunRead(session, this.options.tables().schema());
		try {
			Optional<RunLock.Held> held = locks.lock(session)
				.acquire(session.connection(), waiter(operation, nothingLeft), read);
			this.monitor.waitingNoMore();
			return held.isPresent() ? prepared(operation, locks, held.get(), read) : null;
		}
		catch (LockNotObtainedException ex) {
			throw withOperator(session, ex);
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	private static void requirePrimary(MigrationSession session) {
		if (session.facts().standby()) {
			throw new HistoryRefusedException("The server is a standby, which takes no writes.",
					"Connect to the primary, or use veza.migrations.mode=validate here.", null);
		}
	}

	private RunLockWaiter waiter(OpenOperation operation, BooleanSupplier nothingLeft) {
		Duration patience = operation.origin().patient() ? this.options.lock().patience() : Duration.ZERO;
		return new RunLockWaiter(patience, nothingLeft,
				(holder) -> this.monitor.waitingFor(holder, operation.context()::snapshot));
	}

	/**
	 * PostgreSQL knows the session that holds the lock, the audit log who asked for it.
	 */
	private static LockNotObtainedException withOperator(MigrationSession session, LockNotObtainedException ex) {
		try {
			session.refresh();
			MigrationEvent last = session.reader().events().begunLast().read(session.connection()).orElse(null);
			return (last != null) ? new LockNotObtainedException(
					"%s It runs the %s of version \"%s\", requested by \"%s\", since %s.".formatted(ex.getMessage(),
							last.operation(), last.version(),
							(last.requestedBy() != null) ? last.requestedBy() : last.databaseUser(), last.occurredAt()),
					ex.holder(), last) : ex;
		}
		catch (SQLException | MigrationException failure) {
			logger.debug("The audit log could not be read", failure);
			return ex;
		}
	}

	private LockedRun prepared(OpenOperation operation, RunLockFactory locks, RunLock.Held held, LockedRunRead read)
			throws SQLException {
		MigrationSession session = operation.session();
		try {
			SessionSettings settings = read.settings();
			if (settings == null) {
				session.refresh();
				settings = locks.settings(session);
			}
			HistoryWriter writer = new HistoryWriter(session.historyLayout(), operation.id(), operation.origin(),
					new HistoryWriterProcess(host(), this.options.session().application()), held.heldCondition());
			ObservedBlockers blockers = new ObservedBlockers(session.connection(),
					this.options.session().blockingQueriesShown(), this.monitor);
			RunLimits limits = new RunLimits(this.options.timeouts(), blockers, this.cancellation, this.interruption,
					this.clock, this.random, this.options.session().rowValuesRedacted());
			RunningStatementWatch watch = new RunningStatementWatch(this.dataSource, locks.process(session),
					this.options.session().blockingQueriesShown(), this.monitor, blockers, this.clock);
			return new LockedRun(operation, held, settings, writer, limits, watch);
		}
		catch (SQLException | RuntimeException ex) {
			if (!held.release()) {
				session.discard();
			}
			throw ex;
		}
	}

	private static @Nullable String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
