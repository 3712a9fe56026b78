package io.veza.migrations.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.sql.DatabaseRead;

/**
 * A lock that lets one run at a time work on a history table.
 */
public interface RunLock {

	/**
	 * Obtain the lock.
	 * @param connection the connection that will do the work, in autocommit mode
	 * @param waiter who waits while another run holds it
	 * @param read what is read in the same round trip, if the lock can be taken like that
	 * and is free
	 * @return the lock, to be released; empty if the waiter did not go on waiting
	 * @throws io.veza.migrations.failure.LockNotObtainedException if the time is over
	 * @throws SQLException if the server cannot be asked
	 */
	Optional<Held> acquire(Connection connection, LockWaiter waiter, ReadUnderLock<?> read) throws SQLException;

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
		 * @throws io.veza.migrations.failure.DatabaseUnreachableException if that cannot
		 * be done
		 */
		void requireOutsideTransactions();

		/**
		 * Return the read that gives the lock back, to be sent together with others.
		 * @return the read, whose answer is for {@link #released}; empty if the lock
		 * cannot be given back like that
		 */
		Optional<DatabaseRead<Boolean>> releaseRead();

		/**
		 * Called when the read has given the lock back.
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
