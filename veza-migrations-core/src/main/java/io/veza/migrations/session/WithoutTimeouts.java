package io.veza.migrations.session;

/**
 * Statements around one that may wait and run as long as it needs, because what it waits
 * for keeps no reads or writes waiting.
 */
public final class WithoutTimeouts {

	/**
	 * Only while the transaction itself has locked nothing that others may need: from the
	 * first lock that keeps writes waiting on, every wait of ours would be theirs.
	 */
	public static final String BEGIN = """
			SELECT pg_catalog.set_config('veza_migrations.lock_timeout', pg_catalog.current_setting('lock_timeout'), true),
				pg_catalog.set_config('veza_migrations.statement_timeout', pg_catalog.current_setting('statement_timeout'),
					true),
				pg_catalog.set_config('lock_timeout', CASE WHEN EXISTS (
					SELECT 1
					FROM pg_catalog.pg_locks l
					WHERE l.pid = pg_catalog.pg_backend_pid()
						AND l.granted
						AND l.locktype = 'relation'
						AND l.relation >= 16384
						AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'ShareUpdateExclusiveLock')
				) THEN pg_catalog.current_setting('lock_timeout') ELSE '0' END, true),
				pg_catalog.set_config('statement_timeout', '0', true)""";

	public static final String END = """
			SELECT pg_catalog.set_config('lock_timeout', pg_catalog.current_setting('veza_migrations.lock_timeout'), true),
				pg_catalog.set_config('statement_timeout',
					pg_catalog.current_setting('veza_migrations.statement_timeout'), true)""";

	/** For a statement that runs alone, and so holds nothing that others may need. */
	public static final String BEGIN_ALONE = """
			SELECT pg_catalog.set_config('veza_migrations.lock_timeout', pg_catalog.current_setting('lock_timeout'), false),
				pg_catalog.set_config('veza_migrations.statement_timeout', pg_catalog.current_setting('statement_timeout'),
					false),
				pg_catalog.set_config('lock_timeout', '0', false),
				pg_catalog.set_config('statement_timeout', '0', false)""";

	public static final String END_ALONE = """
			SELECT pg_catalog.set_config('lock_timeout', pg_catalog.current_setting('veza_migrations.lock_timeout'),
					false),
				pg_catalog.set_config('statement_timeout',
					pg_catalog.current_setting('veza_migrations.statement_timeout'), false)""";

	private WithoutTimeouts() {
	}

}
