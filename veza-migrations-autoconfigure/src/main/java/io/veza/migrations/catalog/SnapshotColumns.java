package io.veza.migrations.catalog;

/**
 * The queries that picture columns.
 */
final class SnapshotColumns {

	static final String COLUMNS = """
			SELECT 'pg_catalog.pg_class'::regclass, a.attrelid, a.attnum::int, 'column',
				pg_catalog.format('%s.%I', r.identity, a.attname), r.identity,
				pg_catalog.concat_ws(' ',
					pg_catalog.format_type(a.atttypid, a.atttypmod),
					CASE WHEN a.attcollation <> t.typcollation THEN 'COLLATE ' || a.attcollation::regcollation::text END,
					CASE WHEN a.attnotnull THEN 'NOT NULL' END,
					nn.state,
					CASE a.attgenerated
						WHEN '' THEN 'DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid)
						ELSE 'GENERATED ALWAYS AS (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ')'
							|| CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END
					END,
					CASE WHEN a.attidentity <> '' THEN pg_catalog.format('GENERATED %s AS IDENTITY (SEQUENCE NAME %s %s)',
						CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, s.identity, s.definition)
					END,
					CASE WHEN a.attstorage <> t.typstorage THEN
						CASE a.attstorage
							WHEN 'p' THEN 'STORAGE PLAIN'
							WHEN 'e' THEN 'STORAGE EXTERNAL'
							WHEN 'm' THEN 'STORAGE MAIN'
							WHEN 'x' THEN 'STORAGE EXTENDED'
						END
					END,
					CASE a.attcompression WHEN 'p' THEN 'COMPRESSION pglz' WHEN 'l' THEN 'COMPRESSION lz4' END,
					CASE WHEN a.attstattarget >= 0 THEN 'STATISTICS ' || a.attstattarget END,
					CASE
						WHEN a.attoptions IS NOT NULL THEN (
							SELECT 'WITH (' || pg_catalog.string_agg(w.name, ', ' ORDER BY w.name COLLATE "C") || ')'
							FROM pg_catalog.unnest(a.attoptions) w (name))
					END,
					CASE WHEN a.attfdwoptions IS NOT NULL THEN $options END),
				NULL::oid, 'c', a.attacl
			FROM relations r
			JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
			JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			LEFT JOIN sequences s ON s.table_oid = a.attrelid AND s.attnum = a.attnum AND s.deptype = 'i'
			LEFT JOIN (
				SELECT k.conrelid, k.conkey[1],
					pg_catalog.concat_ws(' ', CASE WHEN k.connoinherit THEN 'NO INHERIT' END,
						CASE WHEN NOT k.convalidated THEN 'NOT VALID' END)
				FROM pg_catalog.pg_constraint k
				WHERE k.contype = 'n' AND (k.connoinherit OR NOT k.convalidated)
			) nn (table_oid, attnum, state) ON nn.table_oid = a.attrelid AND nn.attnum = a.attnum"""
		.replace("$options", SnapshotOptions.of("a.attfdwoptions"));

	/** Their definitions are part of their type, here for their comments. */
	static final String COLUMNS_OF_TYPES = """
			SELECT 'pg_catalog.pg_class'::regclass, a.attrelid, a.attnum::int, 'column',
				pg_catalog.format('%s.%I.%I', n.identity, c.relname, a.attname), NULL, NULL, NULL, NULL, NULL
			FROM pg_catalog.pg_class c
			JOIN namespaces n ON n.oid = c.relnamespace
			JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
			WHERE c.relkind = 'c'
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = c.reltype)""";

	static final String ORDER = """
			SELECT 'column order', r.identity, r.identity,
				pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum)
			FROM relations r
			JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE r.relkind IN ('r', 'p', 'f')
			GROUP BY r.identity""";

	private SnapshotColumns() {
	}

}
