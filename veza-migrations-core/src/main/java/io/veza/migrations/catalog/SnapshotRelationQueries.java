package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of schemas, tables, views and sequences.
 */
final class SnapshotRelationQueries {

	static final String SCHEMAS = """
			SELECT 'pg_catalog.pg_namespace'::regclass::oid, s.oid, 0, 'schema', n.identity, NULL::text, 'SCHEMA',
				s.nspowner, 'n'::"char", s.nspacl
			FROM namespaces n
			JOIN pg_catalog.pg_namespace s ON s.oid = n.oid
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_namespace'::regclass AND m.objid = s.oid)""";

	static final String TABLES = """
			SELECT 'pg_catalog.pg_class'::regclass, c.oid, 0,
				CASE r.relkind WHEN 'f' THEN 'foreign table' ELSE 'table' END, r.identity, r.identity,
				pg_catalog.concat_ws(' ',
					CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
					CASE r.relkind WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
					CASE WHEN c.reloftype <> 0 THEN 'OF ' || pg_catalog.format_type(c.reloftype, NULL) END,
					(
						SELECT CASE WHEN c.relispartition THEN 'PARTITION OF ' ELSE 'INHERITS ' END
							|| pg_catalog.string_agg(h.inhparent::regclass::text
								|| CASE WHEN h.inhdetachpending THEN ' DETACH PENDING' ELSE '' END, ', ' ORDER BY h.inhseqno)
						FROM pg_catalog.pg_inherits h
						WHERE h.inhrelid = c.oid
						HAVING pg_catalog.count(*) > 0
					),
					CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END,
					CASE r.relkind WHEN 'p' THEN 'PARTITION BY ' || pg_catalog.pg_get_partkeydef(c.oid) END,
					'SERVER ' || pg_catalog.quote_ident(fs.srvname),
					$options,
					'USING ' || pg_catalog.quote_ident(am.amname),
					(
						SELECT 'WITH (' || pg_catalog.string_agg(o.name, ', ' ORDER BY o.name COLLATE "C") || ')'
						FROM (
							SELECT w.name
							FROM pg_catalog.unnest(c.reloptions) w (name)
							UNION ALL
							SELECT 'toast.' || w.name
							FROM pg_catalog.pg_class t
							CROSS JOIN LATERAL pg_catalog.unnest(t.reloptions) w (name)
							WHERE t.oid = c.reltoastrelid
						) o
					),
					'TABLESPACE ' || pg_catalog.quote_ident(ts.spcname),
					CASE c.relreplident
						WHEN 'n' THEN CASE WHEN r.relkind <> 'f' THEN 'REPLICA IDENTITY NOTHING' END
						WHEN 'f' THEN 'REPLICA IDENTITY FULL'
						WHEN 'i' THEN 'REPLICA IDENTITY USING INDEX'
					END,
					CASE WHEN c.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END,
					CASE WHEN c.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END),
				c.relowner, 'r', c.relacl
			FROM relations r
			JOIN pg_catalog.pg_class c ON c.oid = r.oid
			LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam AND am.amname <> 'heap'
			LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
			LEFT JOIN pg_catalog.pg_foreign_table ft ON ft.ftrelid = c.oid
			LEFT JOIN pg_catalog.pg_foreign_server fs ON fs.oid = ft.ftserver
			WHERE r.relkind IN ('r', 'p', 'f')"""
		.replace("$options", SnapshotOptionExpression.of("ft.ftoptions"));

	static final String VIEWS = """
			SELECT 'pg_catalog.pg_class'::regclass, c.oid, 0,
				CASE r.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END, r.identity, r.identity,
				pg_catalog.concat_ws(' ',
					'USING ' || pg_catalog.quote_ident(am.amname),
					(
						SELECT 'WITH (' || pg_catalog.string_agg(w.name, ', ' ORDER BY w.name COLLATE "C") || ')'
						FROM pg_catalog.unnest(c.reloptions) w (name)
					),
					'TABLESPACE ' || pg_catalog.quote_ident(ts.spcname),
					'AS',
					pg_catalog.btrim(pg_catalog.pg_get_viewdef(c.oid), ' ;'),
					CASE WHEN NOT c.relispopulated THEN 'WITH NO DATA' END),
				c.relowner, 'r', c.relacl
			FROM relations r
			JOIN pg_catalog.pg_class c ON c.oid = r.oid
			LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam AND am.amname <> 'heap'
			LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
			WHERE r.relkind IN ('v', 'm')""";

	/** The definition of an identity's sequence is part of its column. */
	static final String SEQUENCES = """
			SELECT 'pg_catalog.pg_class'::regclass, c.oid, 0, 'sequence', s.identity, s.table_identity,
				CASE
					WHEN s.deptype IS NULL THEN s.definition
					WHEN s.deptype = 'a' THEN s.definition
						|| pg_catalog.format(' OWNED BY %s.%I', s.table_identity, a.attname)
				END,
				c.relowner, 's', c.relacl
			FROM sequences s
			JOIN pg_catalog.pg_class c ON c.oid = s.oid
			LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = s.table_oid AND a.attnum = s.attnum""";

	private SnapshotRelationQueries() {
	}

}
