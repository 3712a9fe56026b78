package io.veza.migrations.execute.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

import io.veza.migrations.execute.HistoryFailureTranslator;
import io.veza.migrations.execute.LockRetryAttempts;
import io.veza.migrations.execute.RunFence;
import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.RunSession;
import io.veza.migrations.execute.ServerErrorKinds;
import io.veza.migrations.execute.pipeline.PipelineEntry;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.pipeline.StatementPipeline;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import io.veza.migrations.session.SessionSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction that writes to the history without running any migration. It is tried
 * again while another session keeps it from a lock: who reads the history must not queue
 * behind it. One that failed is left open for
 * {@link io.veza.migrations.session.SessionSettings#restore}, which ends every run.
 */
public final class HistoryTransaction {

	private static final Logger logger = LoggerFactory.getLogger(HistoryTransaction.class);

	private final RunConnection connection;

	private final SessionSettings settings;

	private final RunFence fence;

	private final RunLimits limits;

	/**
	 * Create a new instance.
	 * @param session the session of the run
	 * @param limits the limits of the run
	 */
	public HistoryTransaction(RunSession session, RunLimits limits) {
		this.connection = new RunConnection(session.connection(), session.settings(), limits.interruption(), (sent) -> {
		});
		this.settings = session.settings();
		this.fence = session.fence();
		this.limits = limits;
	}

	/**
	 * Run statements.
	 * @param statements the SQL
	 * @throws io.veza.migrations.failure.HistoryException if one of them fails; nothing
	 * was done
	 */
	public void run(List<String> statements) {
		try {
			repeat(() -> {
				begin().addAll(statements).addAll(this.fence.closing()).add(TransactionControlStatements.COMMIT).send();
				return statements;
			});
		}
		catch (SQLException ex) {
			throw HistoryFailureTranslator.translate(ex, null);
		}
	}

	/**
	 * Do something and record it.
	 * @param <T> the type of the result
	 * @param work does it
	 * @param records the SQL that records a result
	 * @return the result
	 * @throws SQLException if the work fails; nothing was done
	 * @throws io.veza.migrations.failure.HistoryException if it cannot be recorded;
	 * nothing was done
	 */
	public <T> T run(Work<T> work, Function<T, List<String>> records) throws SQLException {
		return repeat(() -> {
			begin().send();
			T result = work.run(this.connection.jdbc());
			this.connection.pipeline()
				.addAll(this.settings.beforeRecord())
				.addAll(this.fence.closing())
				.addAll(records.apply(result))
				.add(TransactionControlStatements.COMMIT)
				.send();
			return result;
		});
	}

	private <T> T repeat(Attempt<T> attempt) throws SQLException {
		LockRetryAttempts attempts = new LockRetryAttempts(this.limits,
				(number, pause, blockers) -> logger.info(
						"The tables were locked by another session (attempt {}), trying again in {} ms. In the way: {}",
						number, pause.toMillis(), blockers));
		while (true) {
			try {
				return attempt.run();
			}
			catch (PipelineFailedException ex) {
				PipelineEntry entry = ex.entry();
				if (!isRepeated(attempts, ex.failure(), (entry != null) ? entry.sql() : null)) {
					throw HistoryFailureTranslator.translate(ex.failure(), null);
				}
			}
			catch (SQLException ex) {
				if (!isRepeated(attempts, ex, null)) {
					throw ex;
				}
			}
		}
	}

	/** The catalogs are asked who is in the way, which an aborted transaction refuses. */
	private boolean isRepeated(LockRetryAttempts attempts, SQLException ex, @Nullable String sql) {
		if (!ServerErrorKinds.isLockNotAvailable(ex)) {
			return false;
		}
		this.connection.abort(ex);
		return attempts.failed(sql).decision() == LockRetryAttempts.Decision.TRY_AGAIN;
	}

	private StatementPipeline begin() throws PipelineFailedException {
		return this.connection.pipeline()
			.add(TransactionControlStatements.BEGIN)
			.addAll(this.settings.afterBegin())
			.addAll(this.fence.opening())
			.add(TransactionControlStatements.SET_LOCAL + " lock_timeout = "
					+ this.limits.timeouts().lockTimeout().toMillis());
	}

	/**
	 * Something that is done in a transaction.
	 *
	 * @param <T> the type of its result
	 */
	@FunctionalInterface
	public interface Work<T> {

		/**
		 * Do it.
		 * @param connection the connection
		 * @return the result
		 * @throws SQLException if the server refuses it
		 */
		T run(Connection connection) throws SQLException;

	}

	/**
	 * One attempt of the whole transaction.
	 *
	 * @param <T> the type of its result
	 */
	@FunctionalInterface
	private interface Attempt<T> {

		T run() throws SQLException, PipelineFailedException;

	}

}
