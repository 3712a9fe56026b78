package io.veza.migrations.testsupport;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A session that can be left in the middle of a statement.
 */
public final class TestSession implements AutoCloseable {

	private final Connection connection;

	private @Nullable CompletableFuture<Void> running;

	private TestSession(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Open a session that has executed SQL, which may be several statements.
	 * @param dataSource where
	 * @param sql the SQL
	 * @return the session
	 * @throws SQLException if that fails
	 */
	public static TestSession executed(DataSource dataSource, String sql) throws SQLException {
		TestSession session = new TestSession(dataSource.getConnection());
		session.execute(sql);
		return session;
	}

	/**
	 * Open a session that executes SQL.
	 * @param dataSource where
	 * @param sql the SQL
	 * @return the session, in which the SQL may not have begun
	 * @throws SQLException if there is no connection
	 */
	public static TestSession executing(DataSource dataSource, String sql) throws SQLException {
		TestSession session = new TestSession(dataSource.getConnection());
		session.running = CompletableFuture.runAsync(() -> {
			try {
				session.execute(sql);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
		return session;
	}

	/**
	 * Execute more SQL, while nothing else is executed.
	 * @param sql the SQL
	 * @throws SQLException if that fails
	 */
	public void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	public int pid() throws SQLException {
		return this.connection.unwrap(PGConnection.class).getBackendPID();
	}

	/**
	 * Cancel what it executes, and end it.
	 * @throws SQLException if that fails
	 */
	@Override
	public void close() throws SQLException {
		if (this.running != null) {
			this.connection.unwrap(PGConnection.class).cancelQuery();
			this.running.handle((done, ex) -> done).join();
		}
		this.connection.close();
	}

}
