package io.veza.migrations.lock;

/**
 * What ensures that one run works at a time.
 */
public enum LockStrategy {

	/** An advisory lock of the session that does the work. */
	SESSION,

	/** A row that the run keeps renewing, for poolers that share sessions. */
	LEASE

}
