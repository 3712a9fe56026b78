package io.veza.migrations.engine;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.operation.OpenOperation;
import io.veza.migrations.engine.watch.RunningStatementWatch;
import io.veza.migrations.execute.RunFence;
import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.RunSession;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.StepListener;
import io.veza.migrations.execute.run.HistoryTransaction;
import io.veza.migrations.execute.run.PlanExecutor;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.lock.RunLock;
import io.veza.migrations.session.SessionSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that holds the lock. Closing it puts the session back to where it was and gives
 * the lock back.
 */
final class LockedRun implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LockedRun.class);

	private final OpenOperation operation;

	private final RunLock.Held lock;

	private final SessionSettings settings;

	private final HistoryWriter writer;

	private final RunLimits limits;

	private final RunningStatementWatch watch;

	private boolean concluded;

	/**
	 * Create a run.
	 * @param operation the operation that asked for it
	 * @param lock the lock that it holds
	 * @param settings the settings from which each migration starts
	 * @param writer writes its history
	 * @param limits what bounds it
	 * @param watch watches its statements
	 */
	LockedRun(OpenOperation operation, RunLock.Held lock, SessionSettings settings, HistoryWriter writer,
			RunLimits limits, RunningStatementWatch watch) {
		this.operation = operation;
		this.lock = lock;
		this.settings = settings;
		this.writer = writer;
		this.limits = limits;
		this.watch = watch;
	}

	OpenOperation operation() {
		return this.operation;
	}

	MigrationSession session() {
		return this.operation.session();
	}

	HistoryWriter writer() {
		return this.writer;
	}

	RunLimits limits() {
		return this.limits;
	}

	RunningStatementWatch watch() {
		return this.watch;
	}

	HistoryTablesPreparation preparation() {
		return new HistoryTablesPreparation(this.operation, this.writer);
	}

	/**
	 * Return a transaction that writes to the history without running any migration.
	 * @return the transaction
	 */
	HistoryTransaction historyTransaction() {
		return new HistoryTransaction(runSession(), this.limits);
	}

	/**
	 * Return what runs the migrations of a plan.
	 * @param preparation what has to be run once, before anything is recorded
	 * @param hooks what happens in the transactions besides
	 * @param listener is told how far it is
	 * @return the executor
	 */
	PlanExecutor executor(List<String> preparation, StepHooks hooks, StepListener listener) {
		return new PlanExecutor(runSession(), this.writer, preparation, hooks, this.limits, listener);
	}

	/**
	 * Make sure that the lock stays held while a statement runs outside of any
	 * transaction.
	 * @throws io.veza.migrations.failure.DatabaseUnreachableException if that cannot be
	 * done
	 */
	void requireLockOutsideTransactions() {
		this.lock.requireOutsideTransactions();
	}

	/**
	 * Columns are added to a table that is in use on their own: within the transaction of
	 * a migration the lock that this takes would keep every reader of the history
	 * waiting.
	 */
	void completeExistingTables() {
		if (session().historyLayout().historyExists() && !session().historyLayout().complete()) {
			historyTransaction().run(preparation().installation());
			session().refresh();
		}
	}

	/**
	 * End the run in one round trip, if that is possible: put the session back, read what
	 * the run has left, and give the lock back.
	 * @return what was read; {@code null} if it takes more than a round trip, and
	 * {@link #close} has still to do it
	 */
	RunConclusion.@Nullable Seen conclude() {
		this.watch.close();
		Optional<RunConclusion.Seen> seen = new RunConclusion(session(), this.settings, this.lock, this.operation.id())
			.conclude();
		this.concluded = seen.isPresent();
		return seen.orElse(null);
	}

	@Override
	public void close() {
		this.watch.close();
		if (this.concluded) {
			return;
		}
		boolean restored = restoreSession();
		// also of a connection that is gone: a lease would be kept alive from another one
		boolean released = this.lock.release();
		if (!restored || !released) {
			session().discard();
		}
	}

	private boolean restoreSession() {
		try {
			this.settings.restore(session().connection());
			return true;
		}
		catch (SQLException ex) {
			logger.debug("The settings of the session could not be restored, so that its connection is closed", ex);
			return false;
		}
	}

	private RunSession runSession() {
		return new RunSession(session().connection(), this.settings,
				new RunFence(this.lock.fence(), this.lock.renewal()));
	}

}
