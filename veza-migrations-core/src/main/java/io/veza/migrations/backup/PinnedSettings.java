package io.veza.migrations.backup;

import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Settings of the transaction that are held while data is copied, so that every value
 * becomes a text that means the same again, and no row is hidden without an error.
 */
final class PinnedSettings {

	private static final String PIN = """
			SELECT s.name, pg_catalog.current_setting(s.name) AS before, pg_catalog.set_config(s.name, s.value, true)
			FROM (VALUES ('row_security', 'off'), ('statement_timeout', '0'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'),
				('extra_float_digits', '3'), ('bytea_output', 'hex'), ('xmloption', 'content')) s (name, value)""";

	/** Names of objects are written with their schema then. */
	private static final String PIN_SEARCH_PATH = PIN.replace("('row_security'",
			"('search_path', 'pg_catalog'), ('row_security'");

	private static final String PUT_BACK = "pg_catalog.set_config(?, ?, true)";

	private final Statements statements;

	private final Map<String, String> before = new LinkedHashMap<>();

	private PinnedSettings(Statements statements) {
		this.statements = statements;
	}

	static PinnedSettings forCopying(Statements statements) throws SQLException {
		return pinned(statements, List.of(PIN_SEARCH_PATH));
	}

	/**
	 * Pin all of them after something else, in its round trip.
	 * @param statements where
	 * @param first what is executed before
	 * @return how they were before
	 * @throws SQLException if one of them fails
	 */
	static PinnedSettings forCopying(Statements statements, String first) throws SQLException {
		return pinned(statements, List.of(first, PIN_SEARCH_PATH));
	}

	/**
	 * Pin all but the search path: constraints and defaults of tables may need it.
	 * @param statements where
	 * @return how it was before
	 * @throws SQLException if that fails
	 */
	static PinnedSettings forWriting(Statements statements) throws SQLException {
		return pinned(statements, List.of(PIN));
	}

	private static PinnedSettings pinned(Statements statements, List<String> sql) throws SQLException {
		PinnedSettings settings = new PinnedSettings(statements);
		statements.queryTogether(sql,
				List.of((row) -> settings.before.put(row.getString("name"), row.getString("before")) == null));
		return settings;
	}

	void putBack() throws SQLException {
		String sql = "SELECT " + String.join(", ", Collections.nCopies(this.before.size(), PUT_BACK));
		this.statements.query(sql, (row) -> row.getString(1),
				this.before.entrySet()
					.stream()
					.flatMap((setting) -> Stream.of(setting.getKey(), setting.getValue()))
					.toArray());
	}

}
