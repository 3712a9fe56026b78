package io.veza.migrations.testsupport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that reads again and again, each time in a transaction of its own.
 */
public final class ReadingClient implements AutoCloseable {

	private final String query;

	private final AtomicInteger reads = new AtomicInteger();

	private final AtomicLong longestNanos = new AtomicLong();

	private final CompletableFuture<Void> running;

	private volatile boolean ended;

	private ReadingClient(TestDatabase database, String query) {
		this.query = query;
		this.running = CompletableFuture.runAsync(() -> readAll(database));
	}

	/**
	 * Start a client.
	 * @param database where it reads
	 * @param query what it reads
	 * @return the client
	 */
	public static ReadingClient start(TestDatabase database, String query) {
		return new ReadingClient(database, query);
	}

	private void readAll(TestDatabase database) {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			while (!this.ended) {
				read(statement);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void read(Statement statement) throws SQLException {
		long begin = System.nanoTime();
		try (ResultSet rows = statement.executeQuery(this.query)) {
			rows.next();
		}
		long nanos = System.nanoTime() - begin;
		this.longestNanos.accumulateAndGet(nanos, Math::max);
		this.reads.incrementAndGet();
	}

	/**
	 * Return how often it has got through.
	 * @return the number of answers
	 */
	public int reads() {
		return this.reads.get();
	}

	public Duration longestWait() {
		return Duration.ofNanos(this.longestNanos.get());
	}

	@Override
	public void close() {
		this.ended = true;
		this.running.join();
	}

}
