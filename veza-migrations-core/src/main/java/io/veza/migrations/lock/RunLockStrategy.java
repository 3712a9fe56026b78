package io.veza.migrations.lock;

/**
 * The kinds of lock that let one run work at a time.
 */
public enum RunLockStrategy {

	/** An advisory lock of the session that does the work. */
	SESSION,

	/** A row that the run keeps renewing, for poolers that share sessions. */
	LEASE

}
