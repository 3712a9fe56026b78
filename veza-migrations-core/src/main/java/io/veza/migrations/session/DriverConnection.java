package io.veza.migrations.session;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.HostSpec;

/**
 * A connection as pgjdbc itself sees it: what the driver knows and tells only by its
 * internal types, which are used nowhere else.
 */
public final class DriverConnection {

	private final Connection connection;

	private DriverConnection(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Return the driver's view of a connection.
	 * @param connection the connection, which a pool may have wrapped
	 * @return the view
	 */
	public static DriverConnection of(Connection connection) {
		return new DriverConnection(connection);
	}

	/**
	 * Return whether a transaction block is open, as the server last said.
	 * @return whether one is open, be it an aborted one
	 * @throws SQLException if the connection is not one of pgjdbc
	 */
	public boolean isInTransaction() throws SQLException {
		return this.connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
	}

	/**
	 * Return the host and port that the driver chose among those of its URL.
	 * @return the host, {@code null} if the connection is not one of pgjdbc
	 * @throws SQLException if the connection is closed
	 */
	public @Nullable HostSpec host() throws SQLException {
		return this.connection.isWrapperFor(BaseConnection.class)
				? this.connection.unwrap(BaseConnection.class).getQueryExecutor().getHostSpec() : null;
	}

}
