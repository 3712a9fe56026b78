package io.veza.migrations.lock;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What is looked at in the round trip that takes a lock. Each of its statements comes
 * after the one that takes it and sees all that was committed until then, so that what is
 * read is what the lock protects.
 */
public interface LookUnderLock {

	/**
	 * Return what is sent after the statement that takes the lock. It is executed even if
	 * another run holds the lock.
	 * @param held an SQL condition that is true if the lock was obtained
	 * @return the SQL
	 */
	List<String> statements(String held);

	/**
	 * Read the results. Called only if the lock was obtained; if it is not called, there
	 * was nothing to be seen.
	 * @param statement the statement, whose current result is the first one
	 * @throws SQLException if they cannot be read
	 */
	void read(Statement statement) throws SQLException;

}
