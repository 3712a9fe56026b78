package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the history without running any migration. A transaction that failed is left
 * open for {@link SessionSettings#restore}, which ends every run.
 */
public final class HistoryTransaction {

	private static final Logger logger = LoggerFactory.getLogger(HistoryTransaction.class);

	private final Connection connection;

	private final SessionSettings settings;

	private final RunFence fence;

	private final RunLimits limits;

	/**
	 * Create a new instance.
	 * @param connection the connection that holds the lock of the run, in autocommit mode
	 * @param settings the settings of its session
	 * @param fence what keeps other runs out of the transaction
	 * @param limits what bounds the run
	 */
	public HistoryTransaction(Connection connection, SessionSettings settings, RunFence fence, RunLimits limits) {
		this.connection = connection;
		this.settings = settings;
		this.fence = fence;
		this.limits = limits;
	}

	/**
	 * Run statements in one transaction, again and again while another session keeps them
	 * from a lock: who reads the history must not queue behind them.
	 * @param statements the SQL
	 * @throws io.veza.migrations.HistoryException if one of them fails; nothing was done
	 */
	public void run(List<String> statements) {
		Backoff backoff = new Backoff(this.limits);
		while (true) {
			try {
				attempt(statements);
				return;
			}
			catch (FlightFailedException ex) {
				if (!LockRetries.noLock(ex.failure()) || !goesOn(backoff)) {
					throw Workbench.historyFailure(ex.failure(), null);
				}
			}
		}
	}

	/**
	 * Do something in one transaction, and record it there, again and again while another
	 * session keeps it from a lock.
	 * @param <T> the type of the result
	 * @param work does it
	 * @param records the SQL that records a result
	 * @return the result
	 * @throws SQLException if the work fails; nothing was done
	 * @throws io.veza.migrations.HistoryException if it cannot be recorded; nothing was
	 * done
	 */
	public <T> T run(Work<T> work, Function<T, List<String>> records) throws SQLException {
		Backoff backoff = new Backoff(this.limits);
		while (true) {
			try {
				begin().send();
				T result = work.run(this.connection);
				flight().addAll(this.settings.beforeRecord())
					.addAll(this.fence.closing())
					.addAll(records.apply(result))
					.add(Workbench.COMMIT)
					.send();
				return result;
			}
			catch (FlightFailedException ex) {
				if (!LockRetries.noLock(ex.failure()) || !goesOn(backoff)) {
					throw Workbench.historyFailure(ex.failure(), null);
				}
			}
			catch (SQLException ex) {
				if (!LockRetries.noLock(ex) || !goesOn(backoff)) {
					throw ex;
				}
			}
		}
	}

	private Flight begin() throws FlightFailedException {
		return flight().add(Workbench.BEGIN)
			.addAll(this.settings.afterBegin())
			.addAll(this.fence.opening())
			.add(Workbench.SET_LOCAL + " lock_timeout = " + this.limits.timeouts().lockTimeout().toMillis());
	}

	private void attempt(List<String> statements) throws FlightFailedException {
		begin().addAll(statements).addAll(this.fence.closing()).add(Workbench.COMMIT).send();
	}

	private Flight flight() {
		return new Flight(this.connection, this.limits.interruption(), (sent) -> {
		});
	}

	private boolean goesOn(Backoff backoff) {
		Optional<Duration> pause = backoff.failed();
		if (pause.isEmpty()) {
			return false;
		}
		logger.info("The tables were locked by another session (attempt {}), trying again in {} ms", backoff.attempts(),
				pause.get().toMillis());
		try {
			flight().add(Workbench.ROLLBACK).send();
			return !this.limits.cancellation().pause(pause.get());
		}
		catch (FlightFailedException ex) {
			throw Workbench.historyFailure(ex.failure(), null);
		}
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

}
