package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot of the objects that belong to the whole server and not to one database, as
 * far as everybody may see them: roles with their settings and members, tablespaces,
 * databases with their owners, privileges and settings. Scratch databases are left out,
 * because other rehearsals create and drop theirs.
 *
 * @param definitions the definitions by what they define
 */
public record ServerObjectSnapshot(Map<String, String> definitions) {

	private static final String OBJECTS = """
			SELECT 'role "' || r.rolname || '"' AS name, pg_catalog.to_jsonb(r)::text AS definition
			FROM pg_catalog.pg_roles r
			UNION ALL
			SELECT 'role "' || pg_catalog.pg_get_userbyid(m.member) || '"', pg_catalog.to_jsonb(m)::text
			FROM pg_catalog.pg_auth_members m
			UNION ALL
			SELECT 'tablespace "' || t.spcname || '"', pg_catalog.to_jsonb(t)::text
			FROM pg_catalog.pg_tablespace t
			UNION ALL
			SELECT 'database "' || d.datname || '"',
				pg_catalog.concat_ws(' ', d.datdba, d.datacl, d.datconnlimit, d.datallowconn, d.datistemplate,
					pg_catalog.shobj_description(d.oid, 'pg_database'), s.setrole, s.setconfig)
			FROM pg_catalog.pg_database d
			LEFT JOIN pg_catalog.pg_db_role_setting s ON s.setdatabase = d.oid
			WHERE d.datname !~ '^veza_rehearsal_'
			ORDER BY name, definition""";

	public ServerObjectSnapshot {
		definitions = Map.copyOf(definitions);
	}

	/**
	 * Look at them.
	 * @param connection the connection
	 * @return what there is
	 * @throws SQLException if the server refuses it
	 */
	public static ServerObjectSnapshot read(Connection connection) throws SQLException {
		Map<String, String> definitions = new TreeMap<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(OBJECTS)) {
			while (rows.next()) {
				definitions.merge(rows.getString("name"), rows.getString("definition"), String::concat);
			}
		}
		return new ServerObjectSnapshot(definitions);
	}

	/**
	 * Return the first object that is another one later. That a database is there or not
	 * does not count: it takes a statement that is refused, and other sessions have
	 * theirs.
	 * @param later what there is later
	 * @return its kind and name, or empty if there is none
	 */
	public Optional<String> changed(ServerObjectSnapshot later) {
		Map<String, String> all = new TreeMap<>(this.definitions);
		all.putAll(later.definitions);
		return all.keySet()
			.stream()
			.filter((name) -> !name.startsWith("database ")
					|| (this.definitions.containsKey(name) && later.definitions.containsKey(name)))
			.filter((name) -> !String.valueOf(this.definitions.get(name))
				.equals(String.valueOf(later.definitions.get(name))))
			.findFirst();
	}

}
