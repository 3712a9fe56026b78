package io.veza.migrations.execute.nontransactional;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.ServerSession;
import io.veza.migrations.catalog.IndexActivity;
import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removal of the invalid indexes that interrupted statements leave, but never one on
 * which somebody works.
 */
final class InvalidIndexCleanup {

	private static final Logger logger = LoggerFactory.getLogger(InvalidIndexCleanup.class);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

	/**
	 * Waiting for it keeps no reads or writes waiting, only whoever reads the failure.
	 */
	private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

	private final RunConnection connection;

	private final RunLimits limits;

	/**
	 * Create a new instance.
	 * @param connection the connection of the run
	 * @param limits the limits of the run
	 */
	InvalidIndexCleanup(RunConnection connection, RunLimits limits) {
		this.connection = connection;
		this.limits = limits;
	}

	/**
	 * Remove what has to go before a statement is sent, and wait for who works on it.
	 * @param statement the statement
	 * @param before what was remembered before the attempt that may have left something
	 * @return whether anything was removed
	 * @throws SQLException if that fails
	 * @throws UnsettledStatementException if somebody works on it for too long, or it
	 * belongs to something else
	 */
	boolean remove(UntransactionalStatement statement, StatementCatalogFacts before)
			throws SQLException, UnsettledStatementException {
		boolean removed = false;
		// each is read again when its turn comes: removing one may take long
		for (List<IndexActivity> left = unclaimed(statement, before); !left.isEmpty(); left = unclaimed(statement,
				before)) {
			IndexActivity index = left.get(0);
			if (index.constraint() != null) {
				throw new UnsettledStatementException(
						"The index \"" + index.qualifiedName() + "\" is invalid, and the constraint \""
								+ index.constraint() + "\" needs it",
						"Build it again with REINDEX INDEX CONCURRENTLY " + index.qualifiedName()
								+ ", then start again.");
			}
			logger.info("Dropping the invalid index {} that an interrupted statement has left", index.qualifiedName());
			this.connection.executeWithoutTimeouts(drop(index));
			removed = true;
		}
		return removed;
	}

	private List<IndexActivity> unclaimed(UntransactionalStatement statement, StatementCatalogFacts before)
			throws SQLException, UnsettledStatementException {
		Instant deadline = now().plus(this.limits.timeouts().lockRetryFor());
		List<IndexActivity> left = statement.leftovers(before);
		Optional<IndexActivity> busy = busy(left);
		busy.ifPresent((index) -> logger.info("The index {} is invalid: waiting for who works on its table: {}",
				index.qualifiedName(), worker(index)));
		while (busy.isPresent()) {
			if (!now().isBefore(deadline) || this.limits.cancellation().pause(POLL_INTERVAL)) {
				throw new UnsettledStatementException(
						"The index \"" + busy.get().qualifiedName()
								+ "\" is invalid, and its table is being worked on by " + worker(busy.get()),
						"Start again when that is done.");
			}
			left = statement.leftovers(before);
			busy = busy(left);
		}
		return left;
	}

	/**
	 * Remove indexes if that is possible at once.
	 * @param left the indexes
	 * @param failure what left them; a failure to remove them is added to it
	 * @return whether all of them are gone
	 */
	boolean tryToRemove(List<IndexActivity> left, SQLException failure) {
		// without a lasting session nothing limits the wait, which is then left to the
		// next run
		if (!this.connection.isLasting() || busy(left).isPresent()) {
			return false;
		}
		try {
			this.connection
				.executeOurs(TransactionControlStatements.SET + " lock_timeout = " + LOCK_TIMEOUT.toMillis());
			for (IndexActivity index : left) {
				this.connection.executeOurs(drop(index));
			}
			return true;
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
			return false;
		}
	}

	/**
	 * Return the names of indexes for a message.
	 * @param indexes the indexes
	 * @return the names in quotes
	 */
	static String names(List<IndexActivity> indexes) {
		return indexes.stream().map((index) -> "\"" + index.qualifiedName() + "\"").collect(Collectors.joining(", "));
	}

	private static Optional<IndexActivity> busy(List<IndexActivity> indexes) {
		return indexes.stream().filter((index) -> index.worker() != null).findFirst();
	}

	private static String worker(IndexActivity index) {
		ServerSession worker = index.worker();
		return (worker != null) ? worker.describe() : "nobody";
	}

	private static String drop(IndexActivity index) {
		return "DROP INDEX CONCURRENTLY IF EXISTS " + index.qualifiedName();
	}

	private Instant now() {
		return this.limits.clock().instant();
	}

}
