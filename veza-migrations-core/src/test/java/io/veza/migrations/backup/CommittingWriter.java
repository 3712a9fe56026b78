package io.veza.migrations.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.veza.migrations.testsupport.TestDatabase;
import org.awaitility.Awaitility;

/**
 * An application that writes row after row, until it is stopped or what it writes to is
 * gone.
 */
final class CommittingWriter implements AutoCloseable {

	private final AtomicInteger committed = new AtomicInteger();

	private final CompletableFuture<Void> writing;

	private volatile boolean stopped;

	private CommittingWriter(TestDatabase database, String sql) {
		this.writing = CompletableFuture.runAsync(() -> write(database, sql));
	}

	/**
	 * Start to write.
	 * @param database where
	 * @param sql the statement, with {@code %1$d} for a number that grows
	 * @return the writer
	 */
	static CommittingWriter writing(TestDatabase database, String sql) {
		CommittingWriter writer = new CommittingWriter(database, sql);
		writer.awaitMore();
		return writer;
	}

	private void write(TestDatabase database, String sql) {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			while (!this.stopped) {
				statement.execute(sql.formatted(this.committed.get() + 1));
				this.committed.incrementAndGet();
			}
		}
		catch (SQLException ex) {
			this.stopped = true;
		}
	}

	/** Wait until it has written more, or cannot. */
	void awaitMore() {
		int before = this.committed.get();
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.committed.get() >= before + 20 || this.writing.isDone());
	}

	/**
	 * Stop it.
	 * @return how many rows it has committed
	 */
	int stop() {
		this.stopped = true;
		this.writing.join();
		return this.committed.get();
	}

	@Override
	public void close() {
		stop();
	}

}
