package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of constraints, indexes and extended statistics.
 */
final class SnapshotConstraintQueries {

	/**
	 * That a column is not null is part of the column, also where it is a constraint. A
	 * foreign key to a partitioned table has children of its own table, one for each
	 * partition. DISABLE TRIGGER ALL also disables the triggers that make foreign keys
	 * hold.
	 */
	static final String CONSTRAINTS = """
			SELECT 'pg_catalog.pg_constraint'::regclass, k.oid, 0, 'constraint',
				pg_catalog.format('%s.%I', r.identity, k.conname), r.identity,
				CASE WHEN k.contype <> 'n' THEN
					pg_catalog.concat_ws(' ',
						pg_catalog.pg_get_constraintdef(k.oid),
						(
							SELECT 'WITH (' || pg_catalog.string_agg(w.name, ', ' ORDER BY w.name COLLATE "C") || ')'
							FROM pg_catalog.unnest(c.reloptions) w (name)
						),
						nullif(i.state, ''),
						'TRIGGERS ' || g.states)
				END,
				NULL, NULL, NULL
			FROM pg_catalog.pg_constraint k
			JOIN relations r ON r.oid = k.conrelid
			LEFT JOIN indexes i ON i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
			LEFT JOIN pg_catalog.pg_class c ON c.oid = i.oid
			LEFT JOIN (
				SELECT s.tgconstraint, pg_catalog.string_agg(s.state, ', ' ORDER BY s.state COLLATE "C")
				FROM (
					SELECT DISTINCT t.tgconstraint,
						CASE t.tgenabled
							WHEN 'D' THEN 'DISABLED'
							WHEN 'R' THEN 'ENABLED REPLICA'
							ELSE 'ENABLED ALWAYS'
						END || ' ON ' || t.tgrelid::regclass::text
					FROM pg_catalog.pg_trigger t
					WHERE t.tgisinternal AND t.tgenabled <> 'O'
				) s (tgconstraint, state)
				GROUP BY s.tgconstraint
			) g (tgconstraint, states) ON g.tgconstraint = k.oid
			LEFT JOIN pg_catalog.pg_constraint parent ON parent.oid = k.conparentid
			WHERE k.contype IN ('c', 'f', 'n', 'p', 'u', 'x')
				AND parent.conrelid IS DISTINCT FROM k.conrelid""";

	/** Their definitions are part of their domain, here for their comments. */
	static final String CONSTRAINTS_OF_DOMAINS = """
			SELECT 'pg_catalog.pg_constraint'::regclass, k.oid, 0, 'constraint',
				pg_catalog.format('%s.%I.%I', n.identity, t.typname, k.conname), NULL, NULL, NULL, NULL, NULL
			FROM pg_catalog.pg_constraint k
			JOIN pg_catalog.pg_type t ON t.oid = k.contypid
			JOIN namespaces n ON n.oid = t.typnamespace
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)""";

	/** The definition of an index that serves a constraint is part of the constraint. */
	static final String INDEXES = """
			SELECT 'pg_catalog.pg_class'::regclass, i.oid, 0, 'index', i.identity, i.table_identity,
				CASE WHEN k.conindid IS NULL THEN
					pg_catalog.concat_ws(' ', pg_catalog.pg_get_indexdef(i.oid), nullif(i.state, ''))
				END,
				NULL, NULL, NULL
			FROM indexes i
			LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.oid AND k.contype IN ('p', 'u', 'x')""";

	/** PostgreSQL's own text names the columns in their order in the table. */
	static final String STATISTICS = """
			SELECT 'pg_catalog.pg_statistic_ext'::regclass, s.oid, 0, 'statistics',
				pg_catalog.format('%s.%I', n.identity, s.stxname), r.identity,
				pg_catalog.format('(%s) ON %s FROM %s%s',
					(
						SELECT pg_catalog.string_agg(
							CASE k.kind
								WHEN 'd' THEN 'ndistinct'
								WHEN 'f' THEN 'dependencies'
								WHEN 'm' THEN 'mcv'
								WHEN 'e' THEN 'expressions'
							END, ', ' ORDER BY k.kind)
						FROM pg_catalog.unnest(s.stxkind) k (kind)
					),
					(
						SELECT pg_catalog.string_agg(o.item, ', ' ORDER BY o.item COLLATE "C")
						FROM (
							SELECT pg_catalog.quote_ident(a.attname)
							FROM pg_catalog.pg_attribute a
							WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)
							UNION ALL
							SELECT '(' || e.expression || ')'
							FROM pg_catalog.unnest(pg_catalog.pg_get_statisticsobjdef_expressions(s.oid)) e (expression)
						) o (item)
					),
					r.identity,
					CASE WHEN s.stxstattarget >= 0 THEN ' STATISTICS ' || s.stxstattarget END),
				s.stxowner, NULL, NULL
			FROM pg_catalog.pg_statistic_ext s
			JOIN namespaces n ON n.oid = s.stxnamespace
			JOIN relations r ON r.oid = s.stxrelid""";

	private SnapshotConstraintQueries() {
	}

}
