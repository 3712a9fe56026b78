package io.veza.migrations.scenes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.veza.migrations.testsupport.TestDatabase;

/**
 * Looks again and again what clients wait for.
 */
final class BlockedClients implements AutoCloseable {

	private static final int MILLIS = 10;

	private final Map<String, Integer> seen = new TreeMap<>();

	private final CompletableFuture<Void> watching;

	private volatile boolean ended;

	private BlockedClients(TestDatabase database, String query) {
		this.watching = CompletableFuture.runAsync(() -> watchAll(database, query));
	}

	static BlockedClients watch(TestDatabase database, String query) {
		return new BlockedClients(database, query);
	}

	private void watchAll(TestDatabase database, String query) {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			while (!this.ended) {
				try (ResultSet rows = statement.executeQuery(query)) {
					while (rows.next()) {
						this.seen.merge(rows.getString(1), 1, Integer::sum);
					}
				}
				TimeUnit.MILLISECONDS.sleep(MILLIS);
			}
		}
		catch (SQLException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return what they waited for.
	 * @return how often what was seen
	 */
	Map<String, Integer> seen() {
		close();
		return this.seen;
	}

	@Override
	public void close() {
		this.ended = true;
		this.watching.join();
	}

}
