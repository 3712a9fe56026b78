package io.veza.migrations.crash;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a migrating process asks of the driver, as far as a crash in it matters.
 */
enum Phase {

	/** Tries to obtain the lock of the run. */
	LOCK,

	/** Runs something that is none of the others. */
	STATEMENT,

	/** Runs a statement that PostgreSQL runs CONCURRENTLY, alone. */
	CONCURRENTLY,

	/** Sends the data of a COPY. */
	COPY,

	/** Tries out DOWNs in a savepoint, or takes that back. */
	TRIAL,

	/** Copies what DOWNs destroy. */
	KEEP,

	/** Sends DOWNs in the transaction that keeps what they destroy. */
	DOWN,

	/** Compares the catalogs with what is recorded. */
	VERIFY,

	/** Sends statements, the last of which commits. */
	COMMIT,

	/** Records what was done alone before. */
	RECORD,

	/** Gives the lock back. */
	UNLOCK;

	private static final Pattern CONCURRENT = Pattern
		.compile("\\s*(CREATE|DROP|REINDEX|ALTER)\\b.*\\bCONCURRENTLY\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/** The row of a migration goes with what it did. */
	private static final Pattern REMOVING = Pattern.compile("DELETE FROM \\S*schema_migrations\\S* WHERE id = ");

	/** The first try comes with a look at what the lock protects. */
	private static final Pattern LOCKING = Pattern
		.compile("(BEGIN ISOLATION LEVEL READ COMMITTED;\\s*)?SELECT pg_catalog\\.pg_try_advisory_lock\\(");

	private static final Pattern KEEPING = Pattern
		.compile("(LOCK TABLE .* IN SHARE MODE|CREATE TABLE .* USING heap AS )", Pattern.DOTALL);

	/**
	 * Return the phase of statements that are sent together.
	 * @param statements the SQL
	 * @return the phase
	 */
	static Phase of(List<String> statements) {
		if (statements.size() == 1 && LOCKING.matcher(statements.get(0)).lookingAt()) {
			return LOCK;
		}
		if (any(statements, "SELECT pg_catalog.pg_advisory_unlock(")) {
			return UNLOCK;
		}
		if (statements.get(0).equals("BEGIN READ WRITE")) {
			return RECORD;
		}
		if (statements.stream().anyMatch("COMMIT"::equalsIgnoreCase)) {
			return COMMIT;
		}
		if (any(statements, "veza_migrations_trial")) {
			return TRIAL;
		}
		if (statements.stream().anyMatch((sql) -> REMOVING.matcher(sql).lookingAt())) {
			return DOWN;
		}
		if (KEEPING.matcher(statements.get(0)).lookingAt()) {
			return KEEP;
		}
		if (any(statements, "covering AS MATERIALIZED")) {
			return VERIFY;
		}
		boolean concurrent = statements.size() == 1 && CONCURRENT.matcher(statements.get(0)).matches();
		return concurrent ? CONCURRENTLY : STATEMENT;
	}

	private static boolean any(List<String> statements, String call) {
		return statements.stream().anyMatch((sql) -> sql.contains(call));
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	static Phase byId(String id) {
		return valueOf(id.toUpperCase(Locale.ROOT));
	}

}
