package io.veza.migrations.lock;

import io.veza.migrations.sql.DatabaseRead;

/**
 * A read of the database in the round trip that takes a lock. Each of its statements
 * comes after the one that takes it and sees all that was committed until then, so that
 * what is read is what the lock protects.
 *
 * @param <T> what is read
 */
public interface ReadUnderLock<T> {

	/**
	 * Return the read. Its statements are executed even if another run holds the lock.
	 * @param heldCondition an SQL condition that is true if the lock was obtained
	 * @return the read
	 */
	DatabaseRead<T> read(String heldCondition);

	/**
	 * Take over what was read. Called only if the lock was obtained and the answer can be
	 * read; if it is not called, all of it has to be read again.
	 * @param answer what was read
	 */
	void accept(T answer);

}
