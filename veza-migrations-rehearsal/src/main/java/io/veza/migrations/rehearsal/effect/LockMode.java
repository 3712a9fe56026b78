package io.veza.migrations.rehearsal.effect;

import java.util.Locale;

/**
 * A lock mode of tables, from the weakest to the strongest. What it keeps waiting is
 * PostgreSQL's table of conflicting lock modes (documentation, section 13.3).
 */
public enum LockMode {

	/** Reading. */
	ACCESS_SHARE,

	/** Reading rows for an update. */
	ROW_SHARE,

	/** Writing rows. */
	ROW_EXCLUSIVE,

	/** {@code VACUUM}, {@code CREATE INDEX CONCURRENTLY}, {@code VALIDATE CONSTRAINT}. */
	SHARE_UPDATE_EXCLUSIVE,

	/** {@code CREATE INDEX}: writing waits. */
	SHARE,

	/** {@code CREATE TRIGGER}, {@code ADD FOREIGN KEY}: writing waits. */
	SHARE_ROW_EXCLUSIVE,

	/** {@code REFRESH MATERIALIZED VIEW CONCURRENTLY}: writing waits. */
	EXCLUSIVE,

	/** Most of {@code ALTER TABLE}: reading and writing wait. */
	ACCESS_EXCLUSIVE;

	/**
	 * Return the mode that {@code pg_locks} names.
	 * @param mode such as {@code AccessExclusiveLock}
	 * @return the mode
	 */
	public static LockMode of(String mode) {
		String words = mode.replaceFirst("Lock$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "_");
		return valueOf(words.toUpperCase(Locale.ROOT));
	}

	/**
	 * Return whether those who read the table wait.
	 * @return whether they do
	 */
	public boolean blocksReads() {
		return this == ACCESS_EXCLUSIVE;
	}

	/**
	 * Return whether those who write to the table wait.
	 * @return whether they do
	 */
	public boolean blocksWrites() {
		return compareTo(SHARE) >= 0;
	}

	/**
	 * Return the words that PostgreSQL's documentation has for it.
	 * @return such as {@code ACCESS EXCLUSIVE}
	 */
	public String words() {
		return name().replace('_', ' ');
	}

}
