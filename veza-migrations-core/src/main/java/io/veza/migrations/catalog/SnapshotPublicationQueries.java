package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of publications and what is in them.
 */
final class SnapshotPublicationQueries {

	/** The catalog has other columns in each version of PostgreSQL. */
	static final String PUBLICATIONS = """
			SELECT 'pg_catalog.pg_publication'::regclass, p.oid, 0, 'publication', pg_catalog.quote_ident(p.pubname), NULL,
				pg_catalog.concat_ws(' ', CASE WHEN p.puballtables THEN 'FOR ALL TABLES' END,
					pg_catalog.format('WITH (publish = %L%s%s)',
						pg_catalog.concat_ws(', ',
							CASE WHEN p.pubinsert THEN 'insert' END,
							CASE WHEN p.pubupdate THEN 'update' END,
							CASE WHEN p.pubdelete THEN 'delete' END,
							CASE WHEN p.pubtruncate THEN 'truncate' END),
						CASE WHEN p.pubviaroot THEN ', publish_via_partition_root = true' END,
						CASE pg_catalog.to_jsonb(p) ->> 'pubgencols'
							WHEN 's' THEN ', publish_generated_columns = stored'
						END)),
				p.pubowner, NULL, NULL
			FROM pg_catalog.pg_publication p
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_publication'::regclass AND m.objid = p.oid)""";

	/**
	 * PostgreSQL 14 has neither columns nor conditions: there their names, which are not
	 * qualified on purpose, are found in what stands for them.
	 */
	static final String TABLES = """
			SELECT 'publication table', pg_catalog.format('%I: %s', p.pubname, r.identity), r.identity,
				pg_catalog.concat_ws(' ', 'TABLE',
					(
						SELECT '(' || pg_catalog.string_agg(
							pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attname) || ')'
						FROM pg_catalog.pg_attribute a
						WHERE a.attrelid = r.oid AND a.attnum = ANY (f.columns)
					),
					'WHERE ' || pg_catalog.pg_get_expr(f.condition, r.oid))
			FROM pg_catalog.pg_publication_rel t
			JOIN pg_catalog.pg_publication p ON p.oid = t.prpubid
			JOIN relations r ON r.oid = t.prrelid
			CROSS JOIN (
				SELECT NULL::pg_catalog.int2vector AS prattrs, NULL::pg_catalog.pg_node_tree AS prqual
			) missing
			CROSS JOIN LATERAL (
				SELECT prattrs, prqual
				FROM pg_catalog.pg_publication_rel own
				WHERE own.oid = t.oid
			) f (columns, condition)""";

	/** The catalog of these is new in PostgreSQL 15. */
	static final String SCHEMAS = """
			SELECT 'publication schema', pg_catalog.format('%I: %s', p.pubname, n.identity), NULL, 'TABLES IN SCHEMA'
			FROM pg_catalog.pg_depend d
			JOIN pg_catalog.pg_publication p ON p.oid = d.refobjid
			JOIN pg_catalog.pg_depend s ON s.classid = d.classid AND s.objid = d.objid
			JOIN namespaces n ON n.oid = s.refobjid
			WHERE d.classid = pg_catalog.to_regclass('pg_catalog.pg_publication_namespace')
				AND d.refclassid = 'pg_catalog.pg_publication'::regclass
				AND s.refclassid = 'pg_catalog.pg_namespace'::regclass""";

	private SnapshotPublicationQueries() {
	}

}
