package io.veza.migrations.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.LockNotObtainedException;

/**
 * Makes sure that one run at a time works on a history table.
 */
public interface RunLock {

	/**
	 * Obtain the lock.
	 * @param connection the connection that will do the work, in autocommit mode
	 * @param waiter who waits while another run holds it
	 * @param look what is looked at in the same round trip, if the lock can be taken like
	 * that and is free
	 * @return the lock, to be released; empty if the waiter did not go on waiting
	 * @throws LockNotObtainedException if the time is over
	 * @throws SQLException if the server cannot be asked
	 */
	Optional<Held> acquire(Connection connection, LockWaiter waiter, LookUnderLock look) throws SQLException;

	/**
	 * The lock while it is held.
	 */
	interface Held {

		/**
		 * Return an SQL condition that is true as long as the lock is held.
		 * @return the condition
		 */
		String heldCondition();

		/**
		 * Return what each transaction begins with, so that nobody takes the lock over
		 * while it is open.
		 * @return the SQL
		 */
		List<String> fence();

		/**
		 * Return what each transaction ends with, so that the lock is held for a while
		 * after it.
		 * @return the SQL
		 */
		List<String> renewal();

		/**
		 * Make sure that the lock stays held while a statement runs outside of any
		 * transaction.
		 * @throws DatabaseUnreachableException if that cannot be done
		 */
		void requireOutsideTransactions();

		/**
		 * Return the query that gives the lock back, to be sent together with others.
		 * @return the SQL, whose answer {@link #released} takes; empty if the lock cannot
		 * be given back like that
		 */
		Optional<String> releaseQuery();

		/**
		 * Called when the query has given the lock back.
		 * @param held whether the lock was held until then
		 */
		void released(boolean held);

		/**
		 * Give the lock back.
		 * @return whether that is certain: otherwise the connection must not be used any
		 * more
		 */
		boolean release();

	}

}
