package io.veza.migrations.catalog;

/**
 * The common table expressions that say what is looked at: members, which are not looked
 * at; namespaces; and the relations in them with their sequences and indexes.
 */
final class SnapshotScopeQueries {

	/** The members of extensions, and the functions and casts that come with a range. */
	private static final String MEMBERS = """
			members (classid, objid) AS MATERIALIZED (
				SELECT d.classid, d.objid
				FROM pg_catalog.pg_extension e
				JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = e.oid
				WHERE d.deptype = 'e'
				UNION ALL
				SELECT d.classid, d.objid
				FROM pg_catalog.pg_range g
				JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_type'::regclass
					AND d.refobjid IN (g.rngtypid, g.rngmultitypid)
				WHERE d.deptype = 'i'
			),
			""";

	/** Names that begin with pg_ are reserved, those of temporary schemas among them. */
	private static final String NAMESPACES = """
			namespaces (oid, identity, own_relations, own_functions) AS MATERIALIZED (
				SELECT n.oid, pg_catalog.quote_ident(n.nspname),
					CASE n.nspname WHEN $schema THEN $relations ELSE ARRAY[]::pg_catalog.name[] END,
					CASE n.nspname WHEN $schema THEN $functions ELSE ARRAY[]::pg_catalog.name[] END
				FROM pg_catalog.pg_namespace n
				WHERE NOT pg_catalog.starts_with(n.nspname, 'pg_')
					AND n.nspname NOT IN ('information_schema', $backups)
			),
			""";

	private static final String RELATIONS = """
			relations (oid, relkind, namespace, identity) AS MATERIALIZED (
				SELECT c.oid, c.relkind, n.identity, pg_catalog.format('%s.%I', n.identity, c.relname)
				FROM pg_catalog.pg_class c
				JOIN namespaces n ON n.oid = c.relnamespace
				WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
					AND c.relpersistence <> 't'
					AND c.relname <> ALL (n.own_relations)
					AND NOT EXISTS (
						SELECT
						FROM members m
						WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid)
			),
			""";

	/** A sequence of a column depends on it, internally if it makes its identity. */
	private static final String SEQUENCES = """
			sequences (oid, identity, definition, deptype, table_oid, table_identity, attnum) AS MATERIALIZED (
				SELECT c.oid, pg_catalog.format('%s.%I', n.identity, c.relname),
					pg_catalog.concat_ws(' ',
						CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
						'AS', pg_catalog.format_type(s.seqtypid, NULL),
						'START WITH', s.seqstart,
						'INCREMENT BY', s.seqincrement,
						'MINVALUE', s.seqmin,
						'MAXVALUE', s.seqmax,
						'CACHE', s.seqcache,
						CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END),
					d.deptype, r.oid, r.identity, d.refobjsubid
				FROM pg_catalog.pg_class c
				JOIN namespaces n ON n.oid = c.relnamespace
				JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
				LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass
					AND d.objid = c.oid
					AND d.objsubid = 0
					AND d.refclassid = 'pg_catalog.pg_class'::regclass
					AND d.refobjsubid > 0
					AND d.deptype IN ('a', 'i')
				LEFT JOIN relations r ON r.oid = d.refobjid
				WHERE c.relkind = 'S'
					AND c.relpersistence <> 't'
					AND c.relname <> ALL (n.own_relations)
					AND (d.refobjid IS NULL OR r.oid IS NOT NULL)
					AND NOT EXISTS (
						SELECT
						FROM members m
						WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid)
			),
			""";

	/** The state is what pg_get_indexdef and pg_get_constraintdef do not tell. */
	private static final String INDEXES = """
			indexes (oid, identity, table_identity, state) AS MATERIALIZED (
				SELECT i.indexrelid, pg_catalog.format('%s.%I', r.namespace, c.relname), r.identity,
					pg_catalog.concat_ws(' ',
						CASE
							WHEN c.relispartition THEN (
								SELECT 'PARTITION OF ' || h.inhparent::regclass::text
								FROM pg_catalog.pg_inherits h
								WHERE h.inhrelid = c.oid)
						END,
						CASE
							WHEN c.reltablespace <> 0 THEN (
								SELECT 'TABLESPACE ' || pg_catalog.quote_ident(t.spcname)
								FROM pg_catalog.pg_tablespace t
								WHERE t.oid = c.reltablespace)
						END,
						CASE
							WHEN i.indexprs IS NOT NULL THEN (
								SELECT 'STATISTICS (' || pg_catalog.string_agg(
									a.attnum || ': ' || a.attstattarget, ', ' ORDER BY a.attnum) || ')'
								FROM pg_catalog.pg_attribute a
								WHERE a.attrelid = c.oid AND a.attstattarget >= 0)
						END,
						CASE WHEN i.indisclustered THEN 'CLUSTER' END,
						CASE WHEN i.indisreplident THEN 'REPLICA IDENTITY' END,
						CASE WHEN NOT i.indisvalid THEN 'INVALID' END)
				FROM pg_catalog.pg_index i
				JOIN relations r ON r.oid = i.indrelid
				JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			),
			""";

	private SnapshotScopeQueries() {
	}

	static String tables(MigratorObjects own) {
		String namespaces = NAMESPACES.replace("$schema", own.quotedSchema())
			.replace("$relations", own.quotedRelations())
			.replace("$functions", own.quotedFunctions())
			.replace("$backups", own.quotedBackupSchema());
		return MEMBERS + namespaces + RELATIONS + SEQUENCES + INDEXES;
	}

}
