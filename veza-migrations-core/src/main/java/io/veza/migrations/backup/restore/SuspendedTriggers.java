package io.veza.migrations.backup.restore;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.backup.TargetColumn;
import io.veza.migrations.sql.StatementRunner;

/**
 * The triggers of users, and the identity columns that take no values, of tables while
 * kept rows come back: they are suspended until all rows are written.
 */
final class SuspendedTriggers {

	/** In PostgreSQL 14 those that partitions have from their table are internal. */
	private static final String TRIGGERS = """
			SELECT pg_catalog.format('ALTER TABLE ONLY %I.%I DISABLE TRIGGER %I', n.nspname, c.relname, g.tgname) AS off,
				pg_catalog.format('ALTER TABLE ONLY %I.%I ENABLE %s TRIGGER %I', n.nspname, c.relname,
					CASE g.tgenabled WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' END, g.tgname) AS on
			FROM pg_catalog.pg_trigger g
			JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN pg_catalog.pg_constraint k ON k.oid = g.tgconstraint
			WHERE g.tgenabled <> 'D' AND (NOT g.tgisinternal OR (g.tgparentid <> 0 AND coalesce(k.contype, 't') = 't'))
				AND c.oid IN (
				SELECT r.oid
				FROM pg_catalog.unnest(CAST(? AS oid[])) r (oid)
				UNION ALL
				SELECT p.relid
				FROM pg_catalog.unnest(CAST(? AS oid[])) r (oid)
				CROSS JOIN LATERAL pg_catalog.pg_partition_tree(r.oid) p)
			ORDER BY c.oid, g.tgname""";

	private static final String IDENTITY = "ALTER TABLE %s ALTER COLUMN %s SET GENERATED %s";

	private final StatementRunner statements;

	private final Map<String, String> backwards = new LinkedHashMap<>();

	private SuspendedTriggers(StatementRunner statements) {
		this.statements = statements;
	}

	static SuspendedTriggers of(StatementRunner statements, Collection<RestoreTarget> targets) throws SQLException {
		SuspendedTriggers suspended = new SuspendedTriggers(statements);
		List<Long> oids = targets.stream().map(RestoreTarget::oid).toList();
		statements.query(TRIGGERS, (row) -> suspended.backwards.put(row.getString("off"), row.getString("on")) == null,
				statements.oids(oids), statements.oids(oids));
		for (RestoreTarget target : targets) {
			for (TargetColumn column : target.updated()) {
				if (column.alwaysIdentity()) {
					suspended.backwards.put(IDENTITY.formatted(target.table(), column.quoted(), "BY DEFAULT"),
							IDENTITY.formatted(target.table(), column.quoted(), "ALWAYS"));
				}
			}
		}
		for (String off : suspended.backwards.keySet()) {
			statements.execute(off);
		}
		return suspended;
	}

	void resume() throws SQLException {
		for (String on : this.backwards.values()) {
			this.statements.execute(on);
		}
	}

}
