package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of text search.
 */
final class SnapshotTextSearchQueries {

	static final String CONFIGURATIONS = """
			SELECT 'pg_catalog.pg_ts_config'::regclass, c.oid, 0, 'text search configuration',
				pg_catalog.format('%s.%I', n.identity, c.cfgname), NULL,
				pg_catalog.concat_ws(' ', 'PARSER', pg_catalog.format('%I.%I', pn.nspname, p.prsname),
					(
						SELECT 'MAPPING (' || pg_catalog.string_agg(m.item, ', ' ORDER BY m.item COLLATE "C") || ')'
						FROM (
							SELECT pg_catalog.format('%s: %s', k.alias,
								pg_catalog.string_agg(d.mapdict::regdictionary::text, ' ' ORDER BY d.mapseqno))
							FROM pg_catalog.pg_ts_config_map d
							JOIN pg_catalog.ts_token_type(c.cfgparser) k ON k.tokid = d.maptokentype
							WHERE d.mapcfg = c.oid
							GROUP BY k.alias
						) m (item)
					)),
				c.cfgowner, NULL, NULL
			FROM pg_catalog.pg_ts_config c
			JOIN namespaces n ON n.oid = c.cfgnamespace
			JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
			JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_ts_config'::regclass AND m.objid = c.oid)""";

	static final String DICTIONARIES = """
			SELECT 'pg_catalog.pg_ts_dict'::regclass, d.oid, 0, 'text search dictionary',
				pg_catalog.format('%s.%I', n.identity, d.dictname), NULL,
				pg_catalog.concat_ws(' ', 'TEMPLATE', pg_catalog.format('%I.%I', tn.nspname, t.tmplname),
					'OPTIONS (' || d.dictinitoption || ')'),
				d.dictowner, NULL, NULL
			FROM pg_catalog.pg_ts_dict d
			JOIN namespaces n ON n.oid = d.dictnamespace
			JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
			JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_ts_dict'::regclass AND m.objid = d.oid)""";

	static final String PARSERS = """
			SELECT 'pg_catalog.pg_ts_parser'::regclass, p.oid, 0, 'text search parser',
				pg_catalog.format('%s.%I', n.identity, p.prsname), NULL,
				pg_catalog.concat_ws(' ', 'START', p.prsstart::oid::regprocedure::text,
					'GETTOKEN', p.prstoken::oid::regprocedure::text,
					'END', p.prsend::oid::regprocedure::text,
					'LEXTYPES', p.prslextype::oid::regprocedure::text,
					'HEADLINE ' || nullif(p.prsheadline::oid, 0)::regprocedure::text),
				NULL, NULL, NULL
			FROM pg_catalog.pg_ts_parser p
			JOIN namespaces n ON n.oid = p.prsnamespace
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_ts_parser'::regclass AND m.objid = p.oid)""";

	static final String TEMPLATES = """
			SELECT 'pg_catalog.pg_ts_template'::regclass, t.oid, 0, 'text search template',
				pg_catalog.format('%s.%I', n.identity, t.tmplname), NULL,
				pg_catalog.concat_ws(' ', 'LEXIZE', t.tmpllexize::oid::regprocedure::text,
					'INIT ' || nullif(t.tmplinit::oid, 0)::regprocedure::text),
				NULL, NULL, NULL
			FROM pg_catalog.pg_ts_template t
			JOIN namespaces n ON n.oid = t.tmplnamespace
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_ts_template'::regclass AND m.objid = t.oid)""";

	private SnapshotTextSearchQueries() {
	}

}
