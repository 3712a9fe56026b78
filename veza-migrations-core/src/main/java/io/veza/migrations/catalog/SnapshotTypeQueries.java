package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of types, domains and collations. Types of rows, arrays
 * and multiranges belong to what they are made of.
 */
final class SnapshotTypeQueries {

	static final String ENUMS = """
			SELECT 'pg_catalog.pg_type'::regclass, t.oid, 0, 'type',
				pg_catalog.format('%s.%I', n.identity, t.typname), NULL,
				'ENUM (' || coalesce((
					SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
					FROM pg_catalog.pg_enum e
					WHERE e.enumtypid = t.oid), '') || ')',
				t.typowner, 'T', t.typacl
			FROM pg_catalog.pg_type t
			JOIN namespaces n ON n.oid = t.typnamespace
			WHERE t.oid >= $users
				AND t.typtype = 'e'
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)""";

	static final String COMPOSITES = """
			SELECT 'pg_catalog.pg_type'::regclass, t.oid, 0, 'type',
				pg_catalog.format('%s.%I', n.identity, t.typname), NULL,
				'(' || coalesce((
					SELECT pg_catalog.string_agg(
						pg_catalog.concat_ws(' ', pg_catalog.quote_ident(a.attname),
							pg_catalog.format_type(a.atttypid, a.atttypmod),
							CASE WHEN a.attcollation <> e.typcollation THEN
								'COLLATE ' || a.attcollation::regcollation::text
							END), ', ' ORDER BY a.attnum)
					FROM pg_catalog.pg_attribute a
					JOIN pg_catalog.pg_type e ON e.oid = a.atttypid
					WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')',
				t.typowner, 'T', t.typacl
			FROM pg_catalog.pg_type t
			JOIN namespaces n ON n.oid = t.typnamespace
			JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
			WHERE t.oid >= $users
				AND t.typtype = 'c'
				AND c.relkind = 'c'
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)""";

	static final String RANGES = """
			SELECT 'pg_catalog.pg_type'::regclass, t.oid, 0, 'type',
				pg_catalog.format('%s.%I', n.identity, t.typname), NULL,
				pg_catalog.concat_ws(' ', 'RANGE SUBTYPE', pg_catalog.format_type(g.rngsubtype, NULL),
					'SUBTYPE_OPCLASS', (
						SELECT pg_catalog.format('%I.%I', o.nspname, c.opcname)
						FROM pg_catalog.pg_opclass c
						JOIN pg_catalog.pg_namespace o ON o.oid = c.opcnamespace
						WHERE c.oid = g.rngsubopc
					),
					'COLLATION ' || nullif(g.rngcollation, 0)::regcollation::text,
					'CANONICAL ' || nullif(g.rngcanonical::oid, 0)::regprocedure::text,
					'SUBTYPE_DIFF ' || nullif(g.rngsubdiff::oid, 0)::regprocedure::text,
					'MULTIRANGE_TYPE_NAME ' || pg_catalog.format_type(g.rngmultitypid, NULL)),
				t.typowner, 'T', t.typacl
			FROM pg_catalog.pg_type t
			JOIN namespaces n ON n.oid = t.typnamespace
			JOIN pg_catalog.pg_range g ON g.rngtypid = t.oid
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)""";

	/** A shell is a type that is only announced. */
	static final String BASE_TYPES = """
			SELECT 'pg_catalog.pg_type'::regclass, t.oid, 0, 'type',
				pg_catalog.format('%s.%I', n.identity, t.typname), NULL,
				CASE
					WHEN NOT t.typisdefined THEN 'SHELL'
					ELSE pg_catalog.concat_ws(' ',
						'INPUT', t.typinput::oid::regprocedure::text,
						'OUTPUT', t.typoutput::oid::regprocedure::text,
						'RECEIVE ' || nullif(t.typreceive::oid, 0)::regprocedure::text,
						'SEND ' || nullif(t.typsend::oid, 0)::regprocedure::text,
						'TYPMOD_IN ' || nullif(t.typmodin::oid, 0)::regprocedure::text,
						'TYPMOD_OUT ' || nullif(t.typmodout::oid, 0)::regprocedure::text,
						'ANALYZE ' || nullif(t.typanalyze::oid, 0)::regprocedure::text,
						'SUBSCRIPT ' || nullif(t.typsubscript::oid, 0)::regprocedure::text,
						'INTERNALLENGTH', t.typlen,
						CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
						'ALIGNMENT', t.typalign::text,
						'STORAGE', t.typstorage::text,
						'CATEGORY', t.typcategory::text,
						CASE WHEN t.typispreferred THEN 'PREFERRED' END,
						'DEFAULT ' || pg_catalog.quote_literal(t.typdefault),
						'ELEMENT ' || pg_catalog.format_type(nullif(t.typelem, 0), NULL),
						'DELIMITER', pg_catalog.quote_literal(t.typdelim::text),
						CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE' END)
				END,
				t.typowner, 'T', t.typacl
			FROM pg_catalog.pg_type t
			JOIN namespaces n ON n.oid = t.typnamespace
			WHERE t.oid >= $users
				AND (t.typtype = 'b' OR NOT t.typisdefined)
				AND NOT EXISTS (
					SELECT
					FROM pg_catalog.pg_type e
					WHERE e.oid = t.typelem AND e.typarray = t.oid)
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)""";

	static final String DOMAINS = """
			SELECT 'pg_catalog.pg_type'::regclass, t.oid, 0, 'domain',
				pg_catalog.format('%s.%I', n.identity, t.typname), NULL,
				pg_catalog.concat_ws(' ', 'AS', pg_catalog.format_type(t.typbasetype, t.typtypmod),
					CASE WHEN t.typcollation <> b.typcollation THEN 'COLLATE ' || t.typcollation::regcollation::text END,
					CASE WHEN t.typnotnull THEN 'NOT NULL' END,
					'DEFAULT ' || coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0),
						pg_catalog.quote_literal(t.typdefault)),
					(
						SELECT pg_catalog.string_agg(pg_catalog.format('CONSTRAINT %I %s', k.conname,
							pg_catalog.pg_get_constraintdef(k.oid)), ' ' ORDER BY k.conname)
						FROM pg_catalog.pg_constraint k
						WHERE k.contypid = t.oid AND k.contype = 'c'
					)),
				t.typowner, 'T', t.typacl
			FROM pg_catalog.pg_type t
			JOIN namespaces n ON n.oid = t.typnamespace
			JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
			WHERE t.oid >= $users
				AND t.typtype = 'd'
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)""";

	/** The catalog has other columns in each version of PostgreSQL. */
	static final String COLLATIONS = """
			SELECT 'pg_catalog.pg_collation'::regclass, c.oid, 0, 'collation',
				pg_catalog.format('%s.%I', n.identity, c.collname), NULL,
				pg_catalog.concat_ws(' ',
					'PROVIDER', CASE c.collprovider
						WHEN 'i' THEN 'icu'
						WHEN 'c' THEN 'libc'
						WHEN 'b' THEN 'builtin'
						ELSE c.collprovider::text
					END,
					'LOCALE ' || pg_catalog.quote_literal(
						coalesce(j.entry ->> 'colllocale', j.entry ->> 'colliculocale')),
					'LC_COLLATE ' || pg_catalog.quote_literal(j.entry ->> 'collcollate'),
					'LC_CTYPE ' || pg_catalog.quote_literal(j.entry ->> 'collctype'),
					'RULES ' || pg_catalog.quote_literal(j.entry ->> 'collicurules'),
					CASE WHEN NOT c.collisdeterministic THEN 'NOT DETERMINISTIC' END),
				c.collowner, NULL, NULL
			FROM pg_catalog.pg_collation c
			JOIN namespaces n ON n.oid = c.collnamespace
			CROSS JOIN LATERAL pg_catalog.to_jsonb(c) j (entry)
			WHERE c.oid >= $users
				AND (c.collencoding = -1 OR c.collencoding = pg_catalog.pg_char_to_encoding(
					pg_catalog.getdatabaseencoding()))
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_collation'::regclass AND m.objid = c.oid)""";

	private SnapshotTypeQueries() {
	}

}
