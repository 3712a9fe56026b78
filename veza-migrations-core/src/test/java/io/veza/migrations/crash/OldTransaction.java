package io.veza.migrations.crash;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.veza.migrations.testsupport.TestDatabase;

/**
 * A transaction of somebody else that has read every table: what runs CONCURRENTLY waits
 * for it half-way.
 */
final class OldTransaction implements AutoCloseable {

	private static final String READ_ALL = """
			BEGIN ISOLATION LEVEL REPEATABLE READ;
			DO $$
			DECLARE
				name TEXT;
			BEGIN
				FOR name IN SELECT oid::regclass FROM pg_class
					WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
				LOOP
					EXECUTE 'LOCK TABLE ' || name || ' IN ACCESS SHARE MODE';
				END LOOP;
			END
			$$;""";

	private final Connection connection;

	private OldTransaction(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Connect, so that the transaction can begin at once.
	 * @param database the database
	 * @return the transaction, which is to begin
	 * @throws SQLException if there is no connection
	 */
	static OldTransaction prepare(TestDatabase database) throws SQLException {
		return new OldTransaction(database.connect());
	}

	void begin() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(READ_ALL);
		}
	}

	/**
	 * End it some time later, in case that nothing else does.
	 * @param delay after which time
	 */
	void closeAfter(Duration delay) {
		Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
		later.execute(this::close);
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
