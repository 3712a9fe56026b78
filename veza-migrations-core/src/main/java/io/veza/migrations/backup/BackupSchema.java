package io.veza.migrations.backup;

import java.sql.SQLException;

import io.veza.migrations.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The schema of the backups. Nobody but its owner is given anything in it, whatever the
 * default privileges say.
 */
final class BackupSchema {

	private static final String FACTS = """
			SELECT n.oid IS NOT NULL AS present, current_user AS role, d.datname AS database,
				CASE WHEN n.oid IS NULL THEN pg_catalog.has_database_privilege(d.oid, 'CREATE')
					ELSE pg_catalog.has_schema_privilege(n.oid, 'CREATE')
						AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') END AS allowed
			FROM pg_catalog.pg_database d
			LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = ?
			WHERE d.datname = pg_catalog.current_database()""";

	private static final String GRANTS = """
			SELECT DISTINCT pg_catalog.format('REVOKE ALL ON %s FROM %s CASCADE', o.name,
				CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END)
			FROM (
				SELECT pg_catalog.format('SCHEMA %I', n.nspname) AS name, n.nspacl AS privileges, n.nspowner AS owner
				FROM pg_catalog.pg_namespace n
				WHERE n.nspname = ? AND CAST(? AS text) IS NULL
				UNION ALL
				SELECT pg_catalog.format('TABLE %I.%I', n.nspname, c.relname), c.relacl, c.relowner
				FROM pg_catalog.pg_class c
				JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				WHERE n.nspname = ? AND c.relname = ?) o
			CROSS JOIN LATERAL pg_catalog.aclexplode(o.privileges) g
			WHERE g.grantee <> o.owner""";

	private final String name;

	BackupSchema(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	String qualified(String table) {
		return Names.qualified(this.name, table);
	}

	/**
	 * Make sure that tables can be created in it.
	 * @param statements where
	 * @throws SQLException if it cannot be created
	 * @throws BackupFailedException if the role may not do that
	 */
	void prepare(Statements statements) throws SQLException {
		Facts facts = statements
			.query(FACTS,
					(row) -> new Facts(row.getBoolean("present"), row.getBoolean("allowed"), row.getString("role"),
							row.getString("database")),
					this.name)
			.get(0);
		if (!facts.allowed()) {
			throw facts.present() ? notWritable(facts) : notCreatable(facts);
		}
		if (!facts.present()) {
			statements.execute("CREATE SCHEMA " + Names.quoted(this.name));
			revokeGrants(statements, null);
		}
	}

	void revokeGrants(Statements statements, @Nullable String table) throws SQLException {
		for (String revoke : statements.query(GRANTS, (row) -> row.getString(1), this.name, table, this.name, table)) {
			statements.execute(revoke);
		}
	}

	private BackupFailedException notWritable(Facts facts) {
		return new BackupFailedException(
				"The role \"%s\" may not create tables in the schema \"%s\" of the backups.".formatted(facts.role(),
						this.name),
				"Run GRANT USAGE, CREATE ON SCHEMA %s TO %s.".formatted(Names.quoted(this.name),
						Names.quoted(facts.role())),
				null);
	}

	private BackupFailedException notCreatable(Facts facts) {
		return new BackupFailedException(
				"The schema \"%s\" of the backups is not there, and the role \"%s\" may not create it."
					.formatted(this.name, facts.role()),
				"Run CREATE SCHEMA %1$s AUTHORIZATION %2$s as a superuser, or GRANT CREATE ON DATABASE %3$s TO %2$s."
					.formatted(Names.quoted(this.name), Names.quoted(facts.role()), Names.quoted(facts.database())),
				null);
	}

	/**
	 * What matters for the schema.
	 *
	 * @param present whether it is there
	 * @param allowed whether the role may do what has to be done
	 * @param role the role of the session
	 * @param database the database
	 */
	private record Facts(boolean present, boolean allowed, String role, String database) {
	}

}
