package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.veza.migrations.history.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * The settings and the role that a session had before the run: each migration starts from
 * them, and the connection goes back to its pool with them.
 * <p>
 * {@code DISCARD ALL} would not do: it also forgets what the pool's initial SQL set, and
 * it releases the lock of the run.
 */
public final class SessionSettings {

	private static final String READ = """
			SELECT 'role' AS name, current_setting('role') AS setting
			UNION ALL
			SELECT 'search_path', current_setting('search_path')
			UNION ALL
			SELECT name, setting
			FROM pg_catalog.pg_settings
			WHERE source = 'session'
				AND name NOT IN ('role', 'search_path', 'session_authorization', 'transaction_isolation',
					'transaction_read_only', 'transaction_deferrable')""";

	private final String role;

	private final Map<String, String> settings;

	private final @Nullable String schema;

	private SessionSettings(String role, Map<String, String> settings, @Nullable String schema) {
		this.role = role;
		this.settings = settings;
		this.schema = schema;
	}

	/**
	 * Read the settings of a session.
	 * @param connection the connection
	 * @param schema the schema that heads the search path of migrations, {@code null} to
	 * leave the search path as it is
	 * @return the settings
	 * @throws SQLException if they cannot be read
	 */
	public static SessionSettings read(Connection connection, @Nullable String schema) throws SQLException {
		Map<String, String> settings = new LinkedHashMap<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(READ)) {
			while (rows.next()) {
				settings.put(rows.getString("name"), rows.getString("setting"));
			}
		}
		String role = String.valueOf(settings.remove("role"));
		return new SessionSettings(role, settings, schema);
	}

	/**
	 * Return the statements that bring the session to where each migration starts.
	 * @return the SQL
	 */
	List<String> beforeStep() {
		Map<String, String> wanted = new LinkedHashMap<>(this.settings);
		if (this.schema != null) {
			wanted.merge("search_path", SqlQuoting.identifier(this.schema),
					(before, added) -> before.isEmpty() ? added : added + ", " + before);
		}
		return restoring(wanted);
	}

	/**
	 * Put the session back to where it was before the run.
	 * @param connection the connection, with no transaction open
	 * @throws SQLException if that fails
	 */
	public void restore(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : restoring(this.settings)) {
				statement.addBatch(sql);
			}
			statement.executeBatch();
		}
	}

	private List<String> restoring(Map<String, String> wanted) {
		List<String> statements = new ArrayList<>();
		statements.add("RESET SESSION AUTHORIZATION");
		statements.add("RESET ALL");
		statements.add("none".equals(this.role) ? "SET ROLE NONE" : "SET ROLE " + SqlQuoting.identifier(this.role));
		statements.add(wanted.entrySet()
			.stream()
			.map((setting) -> "pg_catalog.set_config(" + SqlQuoting.literal(setting.getKey()) + ", "
					+ SqlQuoting.literal(setting.getValue()) + ", false)")
			.collect(Collectors.joining(", ", "SELECT ", "")));
		return statements;
	}

}
