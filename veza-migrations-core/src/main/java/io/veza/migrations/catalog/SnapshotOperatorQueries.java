package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of operators, how indexes use them, casts and conversions.
 */
final class SnapshotOperatorQueries {

	static final String OPERATORS = """
			SELECT 'pg_catalog.pg_operator'::regclass, o.oid, 0, 'operator',
				pg_catalog.format('%s.%s(%s, %s)', n.identity, o.oprname,
					coalesce(pg_catalog.format_type(nullif(o.oprleft, 0), NULL), 'NONE'),
					coalesce(pg_catalog.format_type(nullif(o.oprright, 0), NULL), 'NONE')), NULL,
				CASE WHEN o.oprcode::oid = 0 THEN 'SHELL' ELSE pg_catalog.concat_ws(' ',
					'FUNCTION', o.oprcode::oid::regprocedure::text,
					'COMMUTATOR ' || nullif(o.oprcom, 0)::regoperator::text,
					'NEGATOR ' || nullif(o.oprnegate, 0)::regoperator::text,
					'RESTRICT ' || nullif(o.oprrest::oid, 0)::regprocedure::text,
					'JOIN ' || nullif(o.oprjoin::oid, 0)::regprocedure::text,
					CASE WHEN o.oprcanhash THEN 'HASHES' END,
					CASE WHEN o.oprcanmerge THEN 'MERGES' END)
				END,
				o.oprowner, NULL, NULL
			FROM pg_catalog.pg_operator o
			JOIN namespaces n ON n.oid = o.oprnamespace
			WHERE o.oid >= $users
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_operator'::regclass AND m.objid = o.oid)""";

	static final String CLASSES = """
			SELECT 'pg_catalog.pg_opclass'::regclass, o.oid, 0, 'operator class',
				pg_catalog.format('%s.%I USING %I', n.identity, o.opcname, a.amname), NULL,
				pg_catalog.concat_ws(' ',
					CASE WHEN o.opcdefault THEN 'DEFAULT' END,
					'FOR TYPE', pg_catalog.format_type(o.opcintype, NULL),
					'FAMILY', pg_catalog.format('%I.%I', fn.nspname, f.opfname),
					'STORAGE ' || pg_catalog.format_type(nullif(o.opckeytype, 0), NULL)),
				o.opcowner, NULL, NULL
			FROM pg_catalog.pg_opclass o
			JOIN namespaces n ON n.oid = o.opcnamespace
			JOIN pg_catalog.pg_am a ON a.oid = o.opcmethod
			JOIN pg_catalog.pg_opfamily f ON f.oid = o.opcfamily
			JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_opclass'::regclass AND m.objid = o.oid)""";

	/** The operators and functions of a class are those of its family. */
	static final String FAMILIES = """
			SELECT 'pg_catalog.pg_opfamily'::regclass, f.oid, 0, 'operator family',
				pg_catalog.format('%s.%I USING %I', n.identity, f.opfname, a.amname), NULL,
				coalesce((
					SELECT pg_catalog.string_agg(e.item, ', ' ORDER BY e.item COLLATE "C")
					FROM (
						SELECT pg_catalog.format('OPERATOR %s %s%s', o.amopstrategy, o.amopopr::regoperator,
							(
								SELECT pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
								FROM pg_catalog.pg_opfamily s
								JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace
								WHERE s.oid = o.amopsortfamily
							))
						FROM pg_catalog.pg_amop o
						WHERE o.amopfamily = f.oid
						UNION ALL
						SELECT pg_catalog.format('FUNCTION %s (%s, %s) %s', p.amprocnum,
							pg_catalog.format_type(p.amproclefttype, NULL), pg_catalog.format_type(p.amprocrighttype, NULL),
							p.amproc::oid::regprocedure)
						FROM pg_catalog.pg_amproc p
						WHERE p.amprocfamily = f.oid
					) e (item)), ''),
				f.opfowner, NULL, NULL
			FROM pg_catalog.pg_opfamily f
			JOIN namespaces n ON n.oid = f.opfnamespace
			JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_opfamily'::regclass AND m.objid = f.oid)""";

	/** Casts have no schema: what PostgreSQL comes with has a low identifier. */
	static final String CASTS = """
			SELECT 'pg_catalog.pg_cast'::regclass, c.oid, 0, 'cast',
				pg_catalog.format('(%s AS %s)', pg_catalog.format_type(c.castsource, NULL),
					pg_catalog.format_type(c.casttarget, NULL)), NULL,
				pg_catalog.concat_ws(' ',
					CASE c.castmethod
						WHEN 'i' THEN 'WITH INOUT'
						WHEN 'b' THEN 'WITHOUT FUNCTION'
						ELSE 'WITH FUNCTION ' || c.castfunc::regprocedure::text
					END,
					CASE c.castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT' END),
				NULL, NULL, NULL
			FROM pg_catalog.pg_cast c
			WHERE c.oid >= 16384
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_cast'::regclass AND m.objid = c.oid)""";

	static final String CONVERSIONS = """
			SELECT 'pg_catalog.pg_conversion'::regclass, c.oid, 0, 'conversion',
				pg_catalog.format('%s.%I', n.identity, c.conname), NULL,
				pg_catalog.concat_ws(' ', CASE WHEN c.condefault THEN 'DEFAULT' END,
					'FOR', pg_catalog.pg_encoding_to_char(c.conforencoding),
					'TO', pg_catalog.pg_encoding_to_char(c.contoencoding),
					'FROM', c.conproc::oid::regprocedure::text),
				c.conowner, NULL, NULL
			FROM pg_catalog.pg_conversion c
			JOIN namespaces n ON n.oid = c.connamespace
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_conversion'::regclass AND m.objid = c.oid)""";

	private SnapshotOperatorQueries() {
	}

}
