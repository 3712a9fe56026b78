package io.veza.migrations.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.StatementRunner;

/**
 * Settings of the transaction that are held while data is copied, so that every value
 * becomes a text that means the same again, and no row is hidden without an error.
 */
public final class PinnedSettings {

	private static final String PIN = """
			SELECT s.name, pg_catalog.current_setting(s.name) AS before, pg_catalog.set_config(s.name, s.value, true)
			FROM (VALUES ('row_security', 'off'), ('statement_timeout', '0'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'),
				('extra_float_digits', '3'), ('bytea_output', 'hex'), ('xmloption', 'content')) s (name, value)""";

	/** Names of objects are written with their schema then. */
	private static final String PIN_SEARCH_PATH = PIN.replace("('row_security'",
			"('search_path', 'pg_catalog'), ('row_security'");

	private static final String PUT_BACK = "pg_catalog.set_config(?, ?, true)";

	private final StatementRunner statements;

	private final Map<String, String> before;

	private PinnedSettings(StatementRunner statements, Map<String, String> before) {
		this.statements = statements;
		this.before = before;
	}

	/**
	 * Pin all of them.
	 * @param statements runs the statements
	 * @return the settings as they were before
	 * @throws SQLException if one of them fails
	 */
	public static PinnedSettings forCopying(StatementRunner statements) throws SQLException {
		return pinned(statements, PIN_SEARCH_PATH, List.of());
	}

	/**
	 * Pin all of them after something else, in its round trip.
	 * @param statements where
	 * @param first what is executed before
	 * @return how they were before
	 * @throws SQLException if one of them fails
	 */
	public static PinnedSettings forCopying(StatementRunner statements, String first) throws SQLException {
		return pinned(statements, PIN_SEARCH_PATH, List.of(first));
	}

	/**
	 * Pin all but the search path: constraints and defaults of tables may need it.
	 * @param statements where
	 * @return how it was before
	 * @throws SQLException if that fails
	 */
	public static PinnedSettings forWriting(StatementRunner statements) throws SQLException {
		return pinned(statements, PIN, List.of());
	}

	private static PinnedSettings pinned(StatementRunner statements, String sql, List<String> first)
			throws SQLException {
		return new PinnedSettings(statements,
				statements.read(DatabaseRead.of(sql, PinnedSettings::before).after(first)));
	}

	private static Map<String, String> before(ResultSet rows) throws SQLException {
		Map<String, String> before = new LinkedHashMap<>();
		while (rows.next()) {
			before.put(rows.getString("name"), rows.getString("before"));
		}
		return before;
	}

	/**
	 * Set them to what they were before.
	 * @throws SQLException if a statement fails
	 */
	public void putBack() throws SQLException {
		String sql = "SELECT " + String.join(", ", Collections.nCopies(this.before.size(), PUT_BACK));
		this.statements.query(sql, (row) -> row.getString(1),
				this.before.entrySet()
					.stream()
					.flatMap((setting) -> Stream.of(setting.getKey(), setting.getValue()))
					.toArray());
	}

}
