package io.veza.migrations.backup;

import java.sql.SQLException;

import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.StatementRunner;
import org.jspecify.annotations.Nullable;

/**
 * The schema of the backups. Nobody but its owner is given anything in it, whatever the
 * default privileges say.
 */
public final class BackupSchema {

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

	/**
	 * Create a new instance.
	 * @param name the name of the schema
	 */
	public BackupSchema(String name) {
		this.name = name;
	}

	public String name() {
		return this.name;
	}

	/**
	 * Return the quoted name of a table of the schema.
	 * @param table the table
	 * @return the name with the schema
	 */
	public String qualified(String table) {
		return SqlQuoting.identifier(this.name, table);
	}

	/**
	 * Make sure that tables can be created in it.
	 * @param statements where
	 * @throws SQLException if it cannot be created
	 * @throws BackupFailedException if the role may not do that
	 */
	public void prepare(StatementRunner statements) throws SQLException {
		SchemaFacts facts = statements
			.query(FACTS,
					(row) -> new SchemaFacts(row.getBoolean("present"), row.getBoolean("allowed"),
							row.getString("role"), row.getString("database")),
					this.name)
			.get(0);
		if (!facts.allowed()) {
			throw facts.present() ? notWritable(facts) : notCreatable(facts);
		}
		if (!facts.present()) {
			statements.execute("CREATE SCHEMA " + SqlQuoting.identifier(this.name));
			revokeGrants(statements, null);
		}
	}

	/**
	 * Revoke the privileges that default privileges have granted to others.
	 * @param statements runs the statements
	 * @param table the table, {@code null} for the schema itself
	 * @throws SQLException if a statement fails
	 */
	public void revokeGrants(StatementRunner statements, @Nullable String table) throws SQLException {
		for (String revoke : statements.query(GRANTS, (row) -> row.getString(1), this.name, table, this.name, table)) {
			statements.execute(revoke);
		}
	}

	private BackupFailedException notWritable(SchemaFacts facts) {
		return new BackupFailedException(
				"The role \"%s\" may not create tables in the schema \"%s\" of the backups.".formatted(facts.role(),
						this.name),
				"Run GRANT USAGE, CREATE ON SCHEMA %s TO %s.".formatted(SqlQuoting.identifier(this.name),
						SqlQuoting.identifier(facts.role())),
				null);
	}

	private BackupFailedException notCreatable(SchemaFacts facts) {
		return new BackupFailedException(
				"The schema \"%s\" of the backups is not there, and the role \"%s\" may not create it."
					.formatted(this.name, facts.role()),
				"Run CREATE SCHEMA %1$s AUTHORIZATION %2$s as a superuser, or GRANT CREATE ON DATABASE %3$s TO %2$s."
					.formatted(SqlQuoting.identifier(this.name), SqlQuoting.identifier(facts.role()),
							SqlQuoting.identifier(facts.database())),
				null);
	}

	/**
	 * The state of the schema that decides whether it can be used.
	 *
	 * @param present whether it is there
	 * @param allowed whether the role may do what has to be done
	 * @param role the role of the session
	 * @param database the database
	 */
	private record SchemaFacts(boolean present, boolean allowed, String role, String database) {
	}

}
