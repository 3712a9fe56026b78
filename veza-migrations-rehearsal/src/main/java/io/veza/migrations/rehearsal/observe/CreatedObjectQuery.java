package io.veza.migrations.rehearsal.observe;

/**
 * The query for the named objects among the differences of two snapshots, with one part
 * for each kind of object.
 */
final class CreatedObjectQuery {

	private static final String FRESH = """
			WITH fresh (number, kind, identity, relation, parts) AS MATERIALIZED (
				SELECT f.number, f.kind, f.identity, f.relation, pg_catalog.parse_ident(f.identity, false)
				FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[]))
					WITH ORDINALITY f (kind, identity, relation, number)
			),
			relations (number, kind, identity, relation, own_name, oid, name, relkind) AS MATERIALIZED (
				SELECT f.number, f.kind, f.identity, f.relation, f.parts[3], c.oid, c.relname, c.relkind
				FROM fresh f
				JOIN pg_catalog.pg_namespace n ON n.nspname = f.parts[1]
				JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = f.parts[2]
				WHERE f.kind IN ('table', 'foreign table', 'view', 'materialized view', 'sequence', 'column', 'index',
					'constraint', 'trigger')
			),
			objects (number, kind, identity, relation, table_name, name, type, columns, is_unique, simple, label, parts) AS (
			""";

	private static final String SCHEMAS = """
			SELECT f.number, 'SCHEMA', f.identity, f.relation, NULL::name, n.nspname, NULL::text, NULL::name[], false, false,
				NULL::text, NULL::name[]
			FROM fresh f
			JOIN pg_catalog.pg_namespace n ON n.nspname = f.parts[1]
			WHERE f.kind = 'schema'
			""";

	private static final String RELATIONS = """
			UNION ALL
			SELECT r.number,
				CASE r.relkind
					WHEN 'v' THEN 'VIEW'
					WHEN 'm' THEN 'MATERIALIZED_VIEW'
					WHEN 'S' THEN 'SEQUENCE'
					ELSE 'TABLE'
				END,
				r.identity, r.relation, CASE r.relkind WHEN 'S' THEN NULL ELSE r.name END, r.name, NULL, NULL, false, false,
				NULL, NULL
			FROM relations r
			WHERE r.kind IN ('table', 'foreign table', 'view', 'materialized view', 'sequence')
			""";

	/**
	 * A serial has a default that takes from a sequence that goes with it. A key that
	 * refers to another table has the type of that one's key.
	 */
	private static final String COLUMNS = """
			UNION ALL
			SELECT r.number,
				CASE
					WHEN EXISTS (
						SELECT
						FROM pg_catalog.pg_attrdef d
						JOIN pg_catalog.pg_depend u ON u.classid = 'pg_catalog.pg_attrdef'::regclass
							AND u.objid = d.oid
							AND u.refclassid = 'pg_catalog.pg_class'::regclass
						JOIN pg_catalog.pg_depend o ON o.classid = 'pg_catalog.pg_class'::regclass
							AND o.objid = u.refobjid
							AND o.refclassid = 'pg_catalog.pg_class'::regclass
							AND o.refobjid = r.oid
							AND o.refobjsubid = a.attnum
							AND o.deptype = 'a'
						JOIN pg_catalog.pg_sequence s ON s.seqrelid = o.objid
						WHERE d.adrelid = r.oid AND d.adnum = a.attnum)
					THEN 'SERIAL_'
					ELSE ''
				END
				|| CASE
					WHEN EXISTS (
							SELECT
							FROM pg_catalog.pg_constraint k
							WHERE k.conrelid = r.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey))
						AND NOT EXISTS (
							SELECT
							FROM pg_catalog.pg_constraint k
							WHERE k.conrelid = r.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey))
					THEN 'KEY_'
					ELSE ''
				END
				|| 'COLUMN',
				r.identity, r.relation, r.name, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), NULL, false, false,
				NULL, NULL
			FROM relations r
			JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attname = r.own_name
			WHERE r.kind = 'column'
				AND r.relkind IN ('r', 'p', 'f')
				AND a.attnum > 0
				AND NOT a.attisdropped
				AND a.attislocal
			""";

	/** PostgreSQL names an index after all of its columns, included ones too. */
	private static final String INDEXES = """
			UNION ALL
			SELECT r.number, 'INDEX', r.identity, r.relation, t.relname, r.name, NULL,
				ARRAY(
					SELECT coalesce(a.attname, x.attname)
					FROM pg_catalog.pg_attribute x
					LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid
						AND a.attnum = i.indkey[x.attnum - 1]
						AND a.attnum <> 0
					WHERE x.attrelid = r.oid AND x.attnum BETWEEN 1 AND i.indnkeyatts
					ORDER BY x.attnum),
				i.indisunique, i.indpred IS NULL AND i.indexprs IS NULL, 'idx',
				ARRAY(
					SELECT x.attname
					FROM pg_catalog.pg_attribute x
					WHERE x.attrelid = r.oid AND x.attnum > 0
					ORDER BY x.attnum)
			FROM relations r
			JOIN pg_catalog.pg_index i ON i.indexrelid = r.oid
			JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
			JOIN pg_catalog.pg_class c ON c.oid = r.oid
			WHERE r.kind = 'index' AND NOT c.relispartition
			""";

	/** PostgreSQL names a check after its column only if it has one. */
	private static final String CONSTRAINTS = """
			UNION ALL
			SELECT r.number, 'CONSTRAINT', r.identity, r.relation, r.name, k.conname, NULL, g.columns, k.contype = 'u',
				true,
				CASE k.contype
					WHEN 'p' THEN 'pkey'
					WHEN 'u' THEN 'key'
					WHEN 'x' THEN 'excl'
					WHEN 'f' THEN 'fkey'
					ELSE 'check'
				END,
				CASE
					WHEN k.contype = 'p' THEN NULL
					WHEN k.contype IN ('u', 'x') THEN ARRAY(
						SELECT x.attname
						FROM pg_catalog.pg_attribute x
						WHERE x.attrelid = k.conindid AND x.attnum > 0
						ORDER BY x.attnum)
					WHEN k.contype = 'f' OR pg_catalog.cardinality(g.columns) = 1 THEN g.columns
				END
			FROM relations r
			JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.conname = r.own_name
			CROSS JOIN LATERAL (
				SELECT ARRAY(
					SELECT a.attname
					FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY c (attnum, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = c.attnum
					ORDER BY c.place)
			) g (columns)
			WHERE r.kind = 'constraint'
				AND k.contype IN ('p', 'u', 'c', 'f', 'x')
				AND k.conparentid = 0
				AND k.conislocal
			""";

	private static final String TRIGGERS = """
			UNION ALL
			SELECT r.number, 'TRIGGER', r.identity, r.relation, r.name, t.tgname, NULL, NULL, false, false, NULL, NULL
			FROM relations r
			JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND t.tgname = r.own_name
			WHERE r.kind = 'trigger' AND NOT t.tgisinternal AND t.tgparentid = 0
			""";

	private static final String ROUTINES = """
			UNION ALL
			SELECT f.number, 'ROUTINE', f.identity, f.relation, NULL, p.proname, NULL, NULL, false, false, NULL, NULL
			FROM fresh f
			JOIN pg_catalog.pg_namespace n ON n.nspname = f.parts[1]
			JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = f.parts[2]
			WHERE f.kind IN ('function', 'procedure', 'window function', 'aggregate')
				AND f.identity = pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
					pg_catalog.oidvectortypes(p.proargtypes))
			""";

	private static final String TYPES = """
			UNION ALL
			SELECT f.number, 'TYPE', f.identity, f.relation, NULL, t.typname, NULL, NULL, false, false, NULL, NULL
			FROM fresh f
			JOIN pg_catalog.pg_namespace n ON n.nspname = f.parts[1]
			JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = f.parts[2]
			WHERE f.kind IN ('type', 'domain')
			)
			""";

	/** Words of category T are names of functions and types like any other. */
	private static final String FACTS = """
			SELECT o.kind, o.identity, o.relation, o.table_name, o.name, o.type, o.columns::text[] AS columns, o.is_unique,
				o.simple, o.label, o.parts::text[] AS parts,
				EXISTS (
					SELECT
					FROM pg_catalog.pg_get_keywords() w
					WHERE w.word = pg_catalog.lower(o.name)
						AND (w.catcode = 'R' OR (w.catcode = 'T' AND o.kind NOT IN ('ROUTINE', 'TYPE')))) AS reserved
			FROM objects o
			ORDER BY o.number""";

	static final String SQL = FRESH + SCHEMAS + RELATIONS + COLUMNS + INDEXES + CONSTRAINTS + TRIGGERS + ROUTINES
			+ TYPES + FACTS;

	private CreatedObjectQuery() {
	}

}
