package io.veza.migrations.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.session.SessionState.Kind;
import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The settings, the role and all else that a session, which belongs to the run alone, had
 * before it.
 * <p>
 * {@code DISCARD ALL} would not do: it also forgets what the pool's initial SQL set, and
 * it releases the lock of the run. Nor would {@code RESET ALL}: custom settings such as
 * {@code app.tenant} are not listed by PostgreSQL, so that they could not be put back.
 */
public final class DedicatedSessionSettings implements SessionSettings {

	private static final String SETTING = "SETTING";

	private static final String MARK = "MARK";

	private static final String READ = """
			SELECT 'MARK' AS kind, %s AS name, NULL AS setting
			UNION ALL
			SELECT 'SETTING', 'role', current_setting('role')
			UNION ALL
			SELECT 'SETTING', 'session_authorization', session_user
			UNION ALL
			SELECT 'SETTING', 'search_path', current_setting('search_path')
			UNION ALL
			SELECT 'SETTING', name, setting
			FROM pg_catalog.pg_settings
			WHERE source = 'session'
				AND name NOT IN ('role', 'search_path', 'session_authorization', 'transaction_isolation',
					'transaction_read_only', 'transaction_deferrable')
			UNION ALL
			SELECT kind, name, NULL
			FROM (%s) contents""".formatted(SessionState.MARK, SessionState.LIST);

	/**
	 * Settings that a migration has changed go back to their defaults; those of the run
	 * stay.
	 */
	private static final String RESET_CHANGED = """
			SELECT pg_catalog.count(pg_catalog.set_config(name, reset_val, false))
			FROM pg_catalog.pg_settings
			WHERE source = 'session'
				AND setting IS DISTINCT FROM reset_val
				AND context IN ('user', 'superuser')
				AND name NOT IN ('role', 'session_authorization', 'transaction_isolation', 'transaction_read_only',
					'transaction_deferrable')""";

	private final String user;

	private final String role;

	private final Map<String, String> settings;

	private final SessionState state;

	private final @Nullable String schema;

	private DedicatedSessionSettings(String user, String role, Map<String, String> settings, SessionState state,
			@Nullable String schema) {
		this.user = user;
		this.role = role;
		this.settings = settings;
		this.state = state;
		this.schema = schema;
	}

	/**
	 * Read the settings of a session, and what it holds, and let its server notice soon
	 * that we are gone.
	 * @param connection the connection
	 * @param schema the schema that heads the search path of migrations, {@code null} to
	 * leave the search path as it is
	 * @return the settings
	 * @throws SQLException if they cannot be read
	 */
	public static DedicatedSessionSettings read(Connection connection, @Nullable String schema) throws SQLException {
		return read("true", schema).read(connection);
	}

	/**
	 * Return the read of the settings of a session, which also lets the server notice
	 * soon that we are gone.
	 * @param condition an SQL condition that is true if the session belongs to the run
	 * @param schema the schema that heads the search path of migrations, {@code null} to
	 * leave the search path as it is
	 * @return the read
	 */
	public static DatabaseRead<DedicatedSessionSettings> read(String condition, @Nullable String schema) {
		return DatabaseRead.of(READ, (rows) -> of(rows, schema)).then(TcpKeepaliveSettings.setIf(condition));
	}

	private static DedicatedSessionSettings of(ResultSet rows, @Nullable String schema) throws SQLException {
		Map<String, String> settings = new LinkedHashMap<>();
		Map<Kind, List<String>> contents = new EnumMap<>(Kind.class);
		while (rows.next()) {
			String kind = rows.getString("kind");
			if (SETTING.equals(kind)) {
				settings.put(rows.getString("name"), rows.getString("setting"));
			}
			else if (!MARK.equals(kind)) {
				contents.computeIfAbsent(Kind.valueOf(kind), (key) -> new ArrayList<>()).add(rows.getString("name"));
			}
		}
		String role = String.valueOf(settings.remove("role"));
		String user = String.valueOf(settings.remove("session_authorization"));
		return new DedicatedSessionSettings(user, role, settings, new SessionState(contents), schema);
	}

	@Override
	public List<String> beforeTransaction() {
		Map<String, String> wanted = new LinkedHashMap<>(this.settings);
		if (this.schema != null) {
			wanted.merge("search_path", SqlQuoting.identifier(this.schema),
					(before, added) -> before.isEmpty() ? added : added + ", " + before);
		}
		List<String> statements = new ArrayList<>(restoring(wanted));
		statements.add(TcpKeepaliveSettings.set());
		return statements;
	}

	@Override
	public List<String> afterBegin() {
		return List.of();
	}

	@Override
	public List<String> betweenSteps() {
		return beforeTransaction();
	}

	/** {@link #restore} comes at the end, in the same session. */
	@Override
	public List<String> beforeRollback() {
		return List.of();
	}

	@Override
	public boolean lasting() {
		return true;
	}

	@Override
	public List<String> prepareCheck() {
		return SessionStateCheck.prepare(this.user, this.role, this.state);
	}

	@Override
	public Optional<String> refusal(SqlStatement statement, boolean inBlock) {
		return Optional.empty();
	}

	@Override
	public List<String> restoration(Connection connection) throws SQLException {
		return DriverConnection.of(connection).isInTransaction() ? List.of() : restoration();
	}

	private List<String> restoration() {
		List<String> statements = new ArrayList<>(restoring(this.settings));
		statements.add(this.state.requireAll());
		return statements;
	}

	@Override
	public void restore(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (DriverConnection.of(connection).isInTransaction()) {
				statement.execute("ROLLBACK");
			}
			statement.setEscapeProcessing(false);
			for (String sql : restoration()) {
				statement.addBatch(sql);
			}
			statement.executeBatch();
		}
	}

	/** The settings of the session come back when the transaction ends. */
	@Override
	public List<String> beforeRecord() {
		return List.of("SET LOCAL SESSION AUTHORIZATION " + SqlQuoting.identifier(this.user),
				"SET LOCAL ROLE " + role(), "SET LOCAL statement_timeout = 0");
	}

	private String role() {
		return "none".equals(this.role) ? "NONE" : SqlQuoting.identifier(this.role);
	}

	private List<String> restoring(Map<String, String> wanted) {
		List<String> statements = new ArrayList<>();
		statements.add("SET statement_timeout = 0");
		statements.add("SET SESSION AUTHORIZATION " + SqlQuoting.identifier(this.user));
		statements.add(RESET_CHANGED);
		statements.add(wanted.entrySet()
			.stream()
			.map((setting) -> "pg_catalog.set_config(" + SqlQuoting.literal(setting.getKey()) + ", "
					+ SqlQuoting.literal(setting.getValue()) + ", false)")
			.collect(Collectors.joining(", ", "SELECT ", "")));
		statements.add(this.state.removeOthers());
		statements.add("SET ROLE " + role());
		return statements;
	}

}
