package io.veza.migrations.catalog;

/**
 * The queries that make rows of the objects found: their definitions, owners, privileges
 * and comments.
 */
final class SnapshotFacetQueries {

	/** Many objects have the same privileges: each list of them is written out once. */
	static final String ACLS = """
			acls (acl, privileges) AS MATERIALIZED (
				SELECT a.acl, coalesce((
					SELECT pg_catalog.string_agg(g.item, ' ' ORDER BY g.item COLLATE "C")
					FROM (
						SELECT CASE x.grantee
								WHEN 0 THEN 'PUBLIC'
								ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee))
							END || '=' || pg_catalog.string_agg(
								x.privilege_type || CASE WHEN x.is_grantable THEN '*' ELSE '' END, ','
								ORDER BY x.privilege_type COLLATE "C")
							|| '/' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantor))
						FROM pg_catalog.aclexplode(a.acl) x
						GROUP BY x.grantee, x.grantor
					) g (item)), 'no privileges')
				FROM (
					SELECT o.acl
					FROM objects o
					WHERE o.acl IS NOT NULL
					UNION
					SELECT pg_catalog.acldefault(o.acl_type, coalesce(o.owner, 0))
					FROM objects o
					WHERE o.acl IS NOT NULL
					UNION
					SELECT d.defaclacl
					FROM pg_catalog.pg_default_acl d
				) a (acl)
			)
			""";

	static final String DEFINITIONS = """
			SELECT o.kind, o.identity, o.relation, o.definition
			FROM objects o
			WHERE o.definition IS NOT NULL""";

	/** A sequence that belongs to a column has the owner of the table, always. */
	static final String OWNERS = """
			SELECT 'owner', o.kind || ' ' || o.identity, o.relation,
				pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(o.owner))
			FROM objects o
			WHERE o.owner IS NOT NULL AND NOT (o.kind = 'sequence' AND o.relation IS NOT NULL)""";

	static final String PRIVILEGES = """
			SELECT 'privileges', o.kind || ' ' || o.identity, o.relation, a.privileges
			FROM objects o
			JOIN acls a ON a.acl = o.acl
			JOIN acls d ON d.acl = pg_catalog.acldefault(o.acl_type, coalesce(o.owner, 0))
			WHERE a.privileges <> d.privileges""";

	static final String COMMENTS = """
			SELECT 'comment', o.kind || ' ' || o.identity, o.relation, d.description
			FROM pg_catalog.pg_description d
			JOIN objects o ON o.objid = d.objoid AND o.classid = d.classoid AND o.objsubid = d.objsubid
			WHERE d.objoid >= $users
			UNION ALL
			SELECT 'comment', o.kind || ' ' || o.identity, o.relation, d.description
			FROM objects o
			CROSS JOIN LATERAL (
				SELECT c.description
				FROM pg_catalog.pg_description c
				WHERE c.objoid = o.objid AND c.classoid = o.classid AND c.objsubid = o.objsubid
				LIMIT 1
			) d
			WHERE o.objid < $users""";

	static final String DEFAULT_PRIVILEGES = """
			SELECT 'default privileges', pg_catalog.concat_ws(' ',
					CASE d.defaclobjtype
						WHEN 'r' THEN 'tables'
						WHEN 'S' THEN 'sequences'
						WHEN 'f' THEN 'functions'
						WHEN 'T' THEN 'types'
						WHEN 'n' THEN 'schemas'
						WHEN 'L' THEN 'large objects'
						ELSE d.defaclobjtype::text
					END,
					'of', pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(d.defaclrole)),
					'in ' || n.identity), NULL, a.privileges
			FROM pg_catalog.pg_default_acl d
			JOIN acls a ON a.acl = d.defaclacl
			LEFT JOIN namespaces n ON n.oid = d.defaclnamespace
			WHERE d.defaclnamespace = 0 OR n.oid IS NOT NULL""";

	private SnapshotFacetQueries() {
	}

}
