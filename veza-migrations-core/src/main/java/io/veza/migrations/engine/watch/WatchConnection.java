package io.veza.migrations.engine.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import javax.sql.DataSource;

import io.veza.migrations.catalog.SessionActivity;
import io.veza.migrations.catalog.SessionActivityInspector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second connection, borrowed only to look at the session that works.
 */
final class WatchConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WatchConnection.class);

	private static final String DRIVER = "org.postgresql.jdbc.";

	private final Connection connection;

	private final boolean autoCommit;

	private WatchConnection(Connection connection) throws SQLException {
		this.connection = connection;
		this.autoCommit = connection.getAutoCommit();
	}

	/**
	 * Borrow a connection, however long that takes.
	 * @param dataSource where to borrow it
	 * @return the observer, to be closed
	 * @throws SQLException if there is none to be had
	 */
	static WatchConnection borrow(DataSource dataSource) throws SQLException {
		Connection connection = dataSource.getConnection();
		try {
			return new WatchConnection(connection);
		}
		catch (SQLException ex) {
			close(connection);
			throw ex;
		}
	}

	/**
	 * Return whether others may wait for this connection: only the driver's own is nobody
	 * else's.
	 * @return whether it has to go back soon
	 */
	boolean isPooled() {
		return !this.connection.getClass().getName().startsWith(DRIVER);
	}

	/**
	 * Read the activity of a session.
	 * @param pid its process
	 * @param withQueries whether to ask for the queries of blockers
	 * @return what it does, empty if there is no such session
	 * @throws SQLException if the server cannot be asked
	 */
	Optional<SessionActivity> activity(int pid, boolean withQueries) throws SQLException {
		if (!this.connection.getAutoCommit()) {
			this.connection.setAutoCommit(true);
		}
		return new SessionActivityInspector().activity(this.connection, pid, withQueries);
	}

	@Override
	public void close() {
		// some pools refuse to take a connection back from a thread that is interrupted
		boolean interrupted = Thread.interrupted();
		try {
			if (this.connection.getAutoCommit() != this.autoCommit) {
				this.connection.setAutoCommit(this.autoCommit);
			}
		}
		catch (SQLException ex) {
			logger.debug("The connection is given back broken", ex);
		}
		close(this.connection);
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.debug("The connection could not be closed", ex);
		}
	}

}
