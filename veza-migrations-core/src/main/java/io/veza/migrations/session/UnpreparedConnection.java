package io.veza.migrations.session;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A connection whose statements are never prepared on the server: behind a pooler a
 * prepared statement belongs to whichever session took it, and the next statement may go
 * to another one. Whether there is a pooler is known only from the first answer.
 */
public final class UnpreparedConnection {

	private final @Nullable PGConnection driver;

	private final int threshold;

	private UnpreparedConnection(@Nullable PGConnection driver) {
		this.driver = driver;
		this.threshold = (driver != null) ? driver.getPrepareThreshold() : 0;
	}

	/**
	 * Let a connection prepare nothing any more.
	 * @param connection the connection
	 * @return how it was before
	 * @throws SQLException if it is closed
	 */
	public static UnpreparedConnection on(Connection connection) throws SQLException {
		UnpreparedConnection before = new UnpreparedConnection(
				connection.isWrapperFor(PGConnection.class) ? connection.unwrap(PGConnection.class) : null);
		if (before.driver != null) {
			before.driver.setPrepareThreshold(0);
		}
		return before;
	}

	/** Let the connection prepare statements as before. */
	public void restore() {
		if (this.driver != null) {
			this.driver.setPrepareThreshold(this.threshold);
		}
	}

}
