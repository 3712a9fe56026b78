package io.veza.migrations.backup;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.StatementRunner;

/**
 * Row security of tables whose owner has subjected himself to it. It is lifted while all
 * rows are needed; until the transaction ends nobody else can use the table.
 */
public final class LiftedRowSecurity {

	private static final String ACTIVE = """
			SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, current_user AS role,
				c.relforcerowsecurity AND pg_catalog.pg_has_role(c.relowner, 'USAGE') AS liftable
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.oid = ANY (?) AND pg_catalog.row_security_active(c.oid)
			ORDER BY c.oid""";

	private final StatementRunner statements;

	private final List<String> lifted = new ArrayList<>();

	private LiftedRowSecurity(StatementRunner statements) {
		this.statements = statements;
	}

	/**
	 * Lift it, where it is active for the role of the session.
	 * @param statements where
	 * @param oids the tables
	 * @param refusal what to throw if that is not allowed
	 * @return where it is lifted
	 * @throws SQLException if it cannot be lifted
	 */
	public static LiftedRowSecurity lift(StatementRunner statements, Collection<Long> oids, RefusalFactory refusal)
			throws SQLException {
		LiftedRowSecurity security = new LiftedRowSecurity(statements);
		statements.query(ACTIVE, (row) -> {
			String name = row.getString("name");
			if (!row.getBoolean("liftable")) {
				throw refusal.because(
						"Row security hides rows of the table \"%s\" from the role \"%s\".".formatted(name,
								row.getString("role")),
						"Run it as the owner of the table, or as a role with BYPASSRLS: ALTER ROLE %s BYPASSRLS."
							.formatted(SqlQuoting.identifier(row.getString("role"))),
						null);
			}
			return security.lifted.add(name);
		}, statements.oids(oids));
		security.alter("NO FORCE");
		return security;
	}

	/**
	 * Enforce it again.
	 * @throws SQLException if a statement fails
	 */
	public void putBack() throws SQLException {
		alter("FORCE");
	}

	private void alter(String force) throws SQLException {
		for (String table : this.lifted) {
			this.statements.execute("ALTER TABLE " + table + " " + force + " ROW LEVEL SECURITY");
		}
	}

}
