package io.veza.migrations.execute;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.ServerSession;
import io.veza.migrations.catalog.IndexState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the invalid indexes that interrupted statements leave, but never one on which
 * somebody works.
 */
final class InvalidIndexes {

	private static final Logger logger = LoggerFactory.getLogger(InvalidIndexes.class);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

	/**
	 * Waiting for it keeps no reads or writes waiting, only whoever reads the failure.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final Workbench bench;

	InvalidIndexes(Workbench bench) {
		this.bench = bench;
	}

	/**
	 * Remove what has to go before a statement is sent, and wait for who works on it.
	 * @param lone the statement
	 * @param before what was remembered before the attempt that may have left something
	 * @return whether anything was removed
	 * @throws SQLException if that fails
	 * @throws UnsettledException if somebody works on it for too long, or it belongs to
	 * something else
	 */
	boolean remove(LoneStatement lone, CatalogBefore before) throws SQLException, UnsettledException {
		boolean removed = false;
		// each is looked at again when its turn comes: removing one may take long
		for (List<IndexState> left = settled(lone, before); !left.isEmpty(); left = settled(lone, before)) {
			IndexState index = left.get(0);
			if (index.constraint() != null) {
				throw new UnsettledException(
						"The index \"" + index.qualifiedName() + "\" is invalid, and the constraint \""
								+ index.constraint() + "\" needs it",
						"Build it again with REINDEX INDEX CONCURRENTLY " + index.qualifiedName()
								+ ", then start again.");
			}
			logger.info("Dropping the invalid index {} that an interrupted statement has left", index.qualifiedName());
			this.bench.executeUnhurried(drop(index));
			removed = true;
		}
		return removed;
	}

	private List<IndexState> settled(LoneStatement lone, CatalogBefore before) throws SQLException, UnsettledException {
		Instant deadline = now().plus(this.bench.limits().timeouts().lockRetryFor());
		List<IndexState> left = lone.leftovers(before);
		Optional<IndexState> busy = busy(left);
		busy.ifPresent((index) -> logger.info("The index {} is invalid: waiting for who works on its table: {}",
				index.qualifiedName(), worker(index)));
		while (busy.isPresent()) {
			if (!now().isBefore(deadline) || this.bench.limits().cancellation().pause(POLL_INTERVAL)) {
				throw new UnsettledException(
						"The index \"" + busy.get().qualifiedName()
								+ "\" is invalid, and its table is being worked on by " + worker(busy.get()),
						"Start again when that is done.");
			}
			left = lone.leftovers(before);
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
	boolean tryToRemove(List<IndexState> left, SQLException failure) {
		// without a lasting session nothing limits the wait, which is then left to the
		// next run
		if (!this.bench.settings().lasting() || busy(left).isPresent()) {
			return false;
		}
		try {
			this.bench.executeAlone(Workbench.SET + " lock_timeout = " + PATIENCE.toMillis());
			for (IndexState index : left) {
				this.bench.executeAlone(drop(index));
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
	static String names(List<IndexState> indexes) {
		return indexes.stream().map((index) -> "\"" + index.qualifiedName() + "\"").collect(Collectors.joining(", "));
	}

	private static Optional<IndexState> busy(List<IndexState> indexes) {
		return indexes.stream().filter((index) -> index.worker() != null).findFirst();
	}

	private static String worker(IndexState index) {
		ServerSession worker = index.worker();
		return (worker != null) ? worker.describe() : "nobody";
	}

	private static String drop(IndexState index) {
		return "DROP INDEX CONCURRENTLY IF EXISTS " + index.qualifiedName();
	}

	private Instant now() {
		return this.bench.limits().clock().instant();
	}

}
