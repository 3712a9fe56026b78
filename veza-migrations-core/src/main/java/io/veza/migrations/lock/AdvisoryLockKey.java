package io.veza.migrations.lock;

import java.nio.ByteBuffer;

import io.veza.migrations.sql.Sha256Digest;

/**
 * The number of the advisory lock of a history table. PostgreSQL keeps advisory locks per
 * database, so that the database is not part of it.
 *
 * @param value the number
 */
public record AdvisoryLockKey(long value) {

	private static final String HELD_AGAIN = """
			CASE WHEN pg_catalog.pg_try_advisory_xact_lock(%1$s)
				THEN CASE WHEN pg_catalog.pg_advisory_unlock(%1$s)
					THEN pg_catalog.pg_try_advisory_lock(%1$s)
					ELSE pg_catalog.pg_try_advisory_lock(%1$s)
				END
				ELSE false
			END""";

	/**
	 * Return the key of a history table.
	 * @param schema its schema
	 * @param table its name
	 * @return the key
	 */
	public static AdvisoryLockKey of(String schema, String table) {
		byte[] digest = Sha256Digest.of("veza-migrations\0" + schema + "\0" + table);
		return new AdvisoryLockKey(ByteBuffer.wrap(digest).getLong());
	}

	/**
	 * Return an SQL condition that is true as long as the session holds the lock.
	 * @return the condition
	 */
	public String heldCondition() {
		return "EXISTS (SELECT 1 FROM pg_catalog.pg_locks WHERE pid = pg_catalog.pg_backend_pid() AND granted AND "
				+ rowCondition() + ")";
	}

	/**
	 * Return an SQL condition that is true if the session holds the lock, or could take
	 * it again: a script may have released all locks of its session. The transaction has
	 * the lock too while the session gives back what it may hold and takes it once, which
	 * is a fraction of the work of listing the locks.
	 * @return the condition
	 */
	String heldAgainCondition() {
		return HELD_AGAIN.formatted(this.value);
	}

	/**
	 * Return an SQL condition that selects the rows of {@code pg_locks} for this lock in
	 * the current database: PostgreSQL shows the upper half of the number as
	 * {@code classid} and the lower half as {@code objid}.
	 * @return the condition
	 */
	String rowCondition() {
		return "locktype = 'advisory' AND objsubid = 1 AND classid = '" + (this.value >>> 32) + "'::oid AND objid = '"
				+ (this.value & 0xFFFFFFFFL) + "'::oid";
	}

}
