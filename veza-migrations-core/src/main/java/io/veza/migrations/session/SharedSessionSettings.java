package io.veza.migrations.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a session that others use too as soon as a transaction ends. Nothing is
 * ever set for the session: each transaction notes what it finds, sets what it needs for
 * itself, and puts back before its end what a migration has set for longer.
 */
public final class SharedSessionSettings implements SessionSettings {

	private static final String SNAPSHOT = """
			pg_catalog.jsonb_build_object(
				'user', session_user,
				'role', pg_catalog.current_setting('role'),
				'settings', (
					SELECT coalesce(pg_catalog.jsonb_object_agg(s.name, s.setting), '{}'::jsonb)
					FROM pg_catalog.pg_settings s
					WHERE s.source = 'session'
						AND s.context IN ('user', 'superuser')
						AND s.name NOT IN ('role', 'session_authorization', 'transaction_isolation',
							'transaction_read_only', 'transaction_deferrable')),
				'locks', (
					SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.concat_ws(' ', l.classid, l.objid, l.objsubid)),
						'[]'::jsonb)
					FROM pg_catalog.pg_locks l
					WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'advisory' AND l.granted))::text""";

	private static final String READ = "SELECT pg_catalog.current_schema() AS schema, current_user AS role, " + SNAPSHOT
			+ " AS snapshot";

	private static final String NOTE = "SELECT pg_catalog.set_config('veza_migrations.before', " + SNAPSHOT + ", true)";

	private static final String SAVEPOINT = "SAVEPOINT veza_migrations";

	private static final String TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT veza_migrations";

	private static final String NO_TIMEOUT = "SET LOCAL statement_timeout = 0";

	/**
	 * RESET ALL also finds the custom settings, which PostgreSQL does not list. What the
	 * migration has reset itself is put back as it was when the run began. Locks and
	 * prepared statements do not end with a transaction, not even with one that is rolled
	 * back.
	 */
	private static final String PUT_BACK = """
			DECLARE
				before pg_catalog.jsonb := coalesce(
					nullif(pg_catalog.current_setting('veza_migrations.before', true), ''), {start})::pg_catalog.jsonb;
				started pg_catalog.text := pg_catalog.current_setting('veza_migrations.step_started', true);
				item pg_catalog.record;
			BEGIN
				PERFORM pg_catalog.set_config('session_authorization', before ->> 'user', false);
				PERFORM pg_catalog.set_config('role', before ->> 'role', false);
				RESET ALL;
				PERFORM pg_catalog.set_config(s.key, s.value, false)
				FROM pg_catalog.jsonb_each_text(before -> 'settings') s;
				PERFORM pg_catalog.set_config('veza_migrations.before', before::pg_catalog.text, true);
				PERFORM pg_catalog.set_config('veza_migrations.step_started', coalesce(started, ''), true);
				FOR item IN
					SELECT p.name
					FROM pg_catalog.pg_prepared_statements p
					WHERE p.from_sql AND p.prepare_time >= pg_catalog.transaction_timestamp()
				LOOP
					EXECUTE pg_catalog.format('DEALLOCATE %I', item.name);
				END LOOP;
				FOR item IN
					SELECT l.mode, l.objsubid, (l.classid::bigint << 32) | l.objid::bigint AS key,
						l.classid::bigint::bit(32)::integer AS high, l.objid::bigint::bit(32)::integer AS low
					FROM pg_catalog.pg_locks l
					WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'advisory' AND l.granted
						AND NOT before -> 'locks' @> pg_catalog.to_jsonb(
							pg_catalog.concat_ws(' ', l.classid, l.objid, l.objsubid))
				LOOP
					LOOP
						EXIT WHEN NOT CASE
							WHEN item.objsubid = 1 AND item.mode = 'ExclusiveLock' THEN
								pg_catalog.pg_advisory_unlock(item.key)
							WHEN item.objsubid = 1 THEN
								pg_catalog.pg_advisory_unlock_shared(item.key)
							WHEN item.mode = 'ExclusiveLock' THEN
								pg_catalog.pg_advisory_unlock(item.high, item.low)
							ELSE
								pg_catalog.pg_advisory_unlock_shared(item.high, item.low)
						END;
					END LOOP;
				END LOOP;
			END""";

	private static final String SHARED = "The session is shared with others (a pooler was found, or "
			+ "veza.migrations.lock.strategy is \"lease\"), so that ";

	private final String putBack;

	private final @Nullable String schema;

	private final @Nullable String role;

	/** The property that does not reach statements outside of a transaction. */
	private final @Nullable String unreachableProperty;

	private SharedSessionSettings(String snapshot, @Nullable String schema, @Nullable String role,
			@Nullable String unreachableProperty) {
		String block = PUT_BACK.replace("{start}", SqlQuoting.literal(snapshot));
		this.putBack = "DO " + SqlQuoting.literal(block);
		this.schema = schema;
		this.role = role;
		this.unreachableProperty = unreachableProperty;
	}

	/**
	 * Read the settings of a session.
	 * @param connection the connection
	 * @param schema the schema that heads the search path of migrations, {@code null} to
	 * leave the search path as it is
	 * @param role the role that migrates, {@code null} for that of the session
	 * @return the settings
	 * @throws SQLException if they cannot be read
	 */
	public static SharedSessionSettings read(Connection connection, @Nullable String schema, @Nullable String role)
			throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(READ)) {
			row.next();
			String unreachableProperty = null;
			if (schema != null && !schema.equals(row.getString("schema"))) {
				unreachableProperty = "veza.migrations.schema";
			}
			else if (role != null && !role.equals(row.getString("role"))) {
				unreachableProperty = "veza.migrations.role";
			}
			return new SharedSessionSettings(row.getString("snapshot"), schema, role, unreachableProperty);
		}
	}

	@Override
	public List<String> beforeTransaction() {
		return List.of();
	}

	@Override
	public List<String> afterBegin() {
		List<String> statements = new ArrayList<>(List.of(NOTE, SAVEPOINT));
		statements.addAll(forTransaction());
		return statements;
	}

	@Override
	public List<String> betweenSteps() {
		List<String> statements = new ArrayList<>(List.of(this.putBack));
		statements.addAll(forTransaction());
		return statements;
	}

	@Override
	public List<String> beforeRecord() {
		List<String> statements = new ArrayList<>(
				List.of(NO_TIMEOUT, this.putBack, NO_TIMEOUT, "DISCARD TEMP", "UNLISTEN *"));
		if (this.role != null) {
			statements.add(setRole(this.role));
		}
		return statements;
	}

	@Override
	public List<String> beforeRollback() {
		return List.of(TO_SAVEPOINT, NO_TIMEOUT, this.putBack);
	}

	@Override
	public boolean lasting() {
		return false;
	}

	@Override
	public List<String> prepareCheck() {
		return List.of();
	}

	@Override
	public Optional<String> refusal(SqlStatement statement, boolean inBlock) {
		if (!inBlock && SessionState.isChangedBy(statement)) {
			return Optional.of(SHARED + "what this statement leaves for later ones of this non-transactional migration "
					+ "would not reach them");
		}
		if (this.unreachableProperty != null && statement.kind().refusesTransaction()) {
			return Optional.of(SHARED + this.unreachableProperty
					+ " does not reach a statement that runs outside of a transaction");
		}
		return Optional.empty();
	}

	/** Nothing outlasts a transaction. */
	@Override
	public List<String> restoration(Connection connection) {
		return List.of();
	}

	@Override
	public void restore(Connection connection) throws SQLException {
		if (!DriverConnection.of(connection).isInTransaction()) {
			return;
		}
		try (Statement statement = connection.createStatement()) {
			for (String sql : beforeRollback()) {
				statement.addBatch(sql);
			}
			statement.addBatch("ROLLBACK");
			statement.executeBatch();
		}
	}

	private List<String> forTransaction() {
		List<String> statements = new ArrayList<>();
		if (this.role != null) {
			statements.add(setRole(this.role));
		}
		if (this.schema != null) {
			statements.add("SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', "
					+ SqlQuoting.literal(SqlQuoting.identifier(this.schema))
					+ ", nullif(pg_catalog.current_setting('search_path'), '')), true)");
		}
		return statements;
	}

	private static String setRole(String role) {
		return "SET LOCAL ROLE " + SqlQuoting.identifier(role);
	}

}
