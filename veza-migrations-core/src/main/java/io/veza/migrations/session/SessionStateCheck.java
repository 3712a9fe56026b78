package io.veza.migrations.session;

import java.time.Duration;
import java.util.List;

import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * Statements that the session of a run prepares, and with which it finds out whether a
 * migration has left anything in it. To ask for each setting by its name takes the server
 * half the time of asking for the list of all.
 */
public final class SessionStateCheck {

	private static final String CHECK = "veza_migrations_check";

	private static final String OWN = "veza_migrations_own";

	/**
	 * What each transaction sets for itself is not compared, but starts from the value
	 * that was noted.
	 */
	private static final String PREPARE = """
			DECLARE
				state text := (
					SELECT pg_catalog.format('pg_catalog.hash_array_extended(
						ARRAY(SELECT pg_catalog.current_setting(pg_catalog.unnest(%%L::text[])))
							|| ARRAY[session_user, pg_catalog.current_setting(''role''), (
								SELECT pg_catalog.string_agg(kind || name, '','' ORDER BY kind, name)
								FROM (%%s) contents)]::text[], 0)::text',
						pg_catalog.array_agg(s.name),
						%1$s)
					FROM pg_catalog.pg_settings s
					WHERE s.context IN ('user', 'superuser')
						AND s.name NOT IN ('role', 'session_authorization', 'lock_timeout', 'statement_timeout',
							'synchronous_commit', 'transaction_isolation', 'transaction_read_only',
							'transaction_deferrable'));
			BEGIN
				EXECUTE 'PREPARE {check} (text, text, text) AS SELECT
					CASE WHEN ' || state || ' IS DISTINCT FROM pg_catalog.current_setting(''veza_migrations.state'', true)
						THEN ''A migration changed its session, which is put back before the next one''
					END::integer,
					' || %2$s || ',
					pg_catalog.set_config(''lock_timeout'', $1, true),
					pg_catalog.set_config(''statement_timeout'', coalesce($2,
						pg_catalog.current_setting(''veza_migrations.statement_timeout'')), true),
					pg_catalog.set_config(''synchronous_commit'', coalesce($3,
						pg_catalog.current_setting(''veza_migrations.synchronous_commit'')), true),
					pg_catalog.set_config(''veza_migrations.step_started'', pg_catalog.clock_timestamp()::text, false)';
				EXECUTE 'SELECT
					pg_catalog.set_config(''veza_migrations.state'', ' || state || ', false),
					pg_catalog.set_config(''veza_migrations.statement_timeout'',
						pg_catalog.current_setting(''statement_timeout''), false),
					pg_catalog.set_config(''veza_migrations.synchronous_commit'',
						pg_catalog.current_setting(''synchronous_commit''), false)';
			END"""
		.replace("{check}", CHECK);

	private static final String PREPARE_OWN = """
			PREPARE %1$s (text, text) AS SELECT
				CASE WHEN session_user <> %2$s THEN pg_catalog.set_config('session_authorization', %2$s, true) END,
				CASE WHEN pg_catalog.current_setting('role') <> %3$s THEN pg_catalog.set_config('role', %3$s, true) END,
				pg_catalog.set_config('statement_timeout', '0', true), pg_catalog.set_config('lock_timeout', $1, true),
				pg_catalog.set_config('synchronous_commit', coalesce($2,
					pg_catalog.current_setting('veza_migrations.synchronous_commit')), true)""";

	/** A transaction of which nothing is written does not wait for those before it. */
	private static final String WAIT = """
			SELECT pg_catalog.set_config('synchronous_commit', coalesce(
					nullif(pg_catalog.current_setting('veza_migrations.synchronous_commit', true), ''),
					pg_catalog.current_setting('synchronous_commit')), true),
				pg_catalog.pg_logical_emit_message(true, 'veza-migrations', '')""";

	private SessionStateCheck() {
	}

	/**
	 * Return what prepares the statements, and notes how the session is.
	 * @param user the user of the run
	 * @param role its role
	 * @param state what else it holds
	 * @return the SQL
	 */
	static List<String> prepare(String user, String role, SessionState state) {
		return List.of(PREPARE_OWN.formatted(OWN, SqlQuoting.literal(user), SqlQuoting.literal(role)),
				"DO " + SqlQuoting.literal(PREPARE.formatted(SqlQuoting.literal(state.listToCompare()),
						SqlQuoting.literal(state.releaseOtherLocks()))));
	}

	/**
	 * Return what begins a migration, if the session is as it was noted; otherwise it
	 * fails.
	 * @param lockTimeout how long the migration may queue for a lock
	 * @param statementTimeout how long a statement of it may take, {@code null} for as
	 * long as in the session
	 * @param waits whether its commit waits until it is on the disk
	 * @return the SQL
	 */
	public static List<String> require(Duration lockTimeout, @Nullable Duration statementTimeout, boolean waits) {
		return List.of("EXECUTE %s('%d', %s, %s)".formatted(CHECK, lockTimeout.toMillis(),
				(statementTimeout != null) ? "'" + statementTimeout.toMillis() + "'" : "NULL", commit(waits)));
	}

	/**
	 * Return what lets our own statements run as at the beginning, whatever the migration
	 * has set.
	 * @param lockTimeout how long they may queue for a lock
	 * @param waits whether the commit waits until it is on the disk
	 * @return the SQL
	 */
	public static List<String> restoreOwn(Duration lockTimeout, boolean waits) {
		return List.of("EXECUTE %s('%d', %s)".formatted(OWN, lockTimeout.toMillis(), commit(waits)));
	}

	private static String commit(boolean waits) {
		return waits ? "NULL" : "'off'";
	}

	/**
	 * Return what makes the commit of its transaction wait until that, and all commits
	 * before it, are on the disk.
	 * @return the SQL
	 */
	public static String awaitEarlierCommits() {
		return WAIT;
	}

}
