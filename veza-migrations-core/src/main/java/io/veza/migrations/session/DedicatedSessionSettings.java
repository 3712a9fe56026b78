package io.veza.migrations.execute;

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

import io.veza.migrations.SqlStatement;
import io.veza.migrations.execute.SessionBelongings.Kind;
import io.veza.migrations.history.SqlQuoting;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * The settings, the role and all else that a session, which belongs to the run alone, had
 * before it.
 * <p>
 * {@code DISCARD ALL} would not do: it also forgets what the pool's initial SQL set, and
 * it releases the lock of the run. Nor would {@code RESET ALL}: custom settings such as
 * {@code app.tenant} are not listed by PostgreSQL, so that they could not be put back.
 */
public final class OwnSessionSettings implements SessionSettings {

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
			FROM (%s) belongings""".formatted(SessionBelongings.MARK, SessionBelongings.LIST);

	/**
	 * What a migration has changed goes back to its default; the run's own marks stay.
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

	private final SessionBelongings belongings;

	private final @Nullable String schema;

	private OwnSessionSettings(String user, String role, Map<String, String> settings, SessionBelongings belongings,
			@Nullable String schema) {
		this.user = user;
		this.role = role;
		this.settings = settings;
		this.belongings = belongings;
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
	public static OwnSessionSettings read(Connection connection, @Nullable String schema) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(String.join(";\n", queries("true")));
			return read(statement, schema);
		}
	}

	/**
	 * Return the statements that {@link #read(Connection, String)} sends, to be sent
	 * together with others.
	 * @param condition an SQL condition that is true if the session belongs to the run
	 * @return the SQL
	 */
	public static List<String> queries(String condition) {
		return List.of(READ, Keepalives.setIf(condition));
	}

	/**
	 * Read what the {@link #queries} have found, and go on to the next result.
	 * @param statement the statement, whose current result is that of the first of them
	 * @param schema the schema that heads the search path of migrations, {@code null} to
	 * leave the search path as it is
	 * @return the settings
	 * @throws SQLException if they cannot be read
	 */
	public static OwnSessionSettings read(Statement statement, @Nullable String schema) throws SQLException {
		OwnSessionSettings settings;
		try (ResultSet rows = statement.getResultSet()) {
			settings = of(rows, schema);
		}
		statement.getMoreResults();
		statement.getMoreResults();
		return settings;
	}

	private static OwnSessionSettings of(ResultSet rows, @Nullable String schema) throws SQLException {
		Map<String, String> settings = new LinkedHashMap<>();
		Map<Kind, List<String>> belongings = new EnumMap<>(Kind.class);
		while (rows.next()) {
			String kind = rows.getString("kind");
			if (SETTING.equals(kind)) {
				settings.put(rows.getString("name"), rows.getString("setting"));
			}
			else if (!MARK.equals(kind)) {
				belongings.computeIfAbsent(Kind.valueOf(kind), (key) -> new ArrayList<>()).add(rows.getString("name"));
			}
		}
		String role = String.valueOf(settings.remove("role"));
		String user = String.valueOf(settings.remove("session_authorization"));
		return new OwnSessionSettings(user, role, settings, new SessionBelongings(belongings), schema);
	}

	@Override
	public List<String> beforeTransaction() {
		Map<String, String> wanted = new LinkedHashMap<>(this.settings);
		if (this.schema != null) {
			wanted.merge("search_path", SqlQuoting.identifier(this.schema),
					(before, added) -> before.isEmpty() ? added : added + ", " + before);
		}
		List<String> statements = new ArrayList<>(restoring(wanted));
		statements.add(Keepalives.set());
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
		return SessionCheck.prepare(this.user, this.role, this.belongings);
	}

	@Override
	public Optional<String> refusal(SqlStatement statement, boolean inBlock) {
		return Optional.empty();
	}

	@Override
	public List<String> restoration(Connection connection) throws SQLException {
		return isInTransaction(connection) ? List.of() : restoration();
	}

	private List<String> restoration() {
		List<String> statements = new ArrayList<>(restoring(this.settings));
		statements.add(this.belongings.requireAll());
		return statements;
	}

	@Override
	public void restore(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (isInTransaction(connection)) {
				statement.execute("ROLLBACK");
			}
			statement.setEscapeProcessing(false);
			for (String sql : restoration()) {
				statement.addBatch(sql);
			}
			statement.executeBatch();
		}
	}

	private static boolean isInTransaction(Connection connection) throws SQLException {
		return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
	}

	/** What was set for the session comes back when the transaction ends. */
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
		statements.add(this.belongings.removeOthers());
		statements.add("SET ROLE " + role());
		return statements;
	}

}
