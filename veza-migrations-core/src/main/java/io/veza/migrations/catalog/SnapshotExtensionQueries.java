package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of extensions and other things that belong to no schema.
 * Objects that PostgreSQL comes with have a low identifier.
 */
final class SnapshotExtensionQueries {

	static final String EXTENSIONS = """
			SELECT 'pg_catalog.pg_extension'::regclass, e.oid, 0, 'extension', pg_catalog.quote_ident(e.extname), NULL,
				pg_catalog.format('SCHEMA %I VERSION %L', n.nspname, e.extversion),
				e.extowner, NULL, NULL
			FROM pg_catalog.pg_extension e
			JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace""";

	static final String LANGUAGES = """
			SELECT 'pg_catalog.pg_language'::regclass, l.oid, 0, 'language', pg_catalog.quote_ident(l.lanname), NULL,
				pg_catalog.concat_ws(' ', CASE WHEN l.lanpltrusted THEN 'TRUSTED' END,
					'HANDLER ' || nullif(l.lanplcallfoid, 0)::regprocedure::text,
					'INLINE ' || nullif(l.laninline, 0)::regprocedure::text,
					'VALIDATOR ' || nullif(l.lanvalidator, 0)::regprocedure::text),
				l.lanowner, 'l', l.lanacl
			FROM pg_catalog.pg_language l
			WHERE l.oid >= 16384
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_language'::regclass AND m.objid = l.oid)""";

	static final String ACCESS_METHODS = """
			SELECT 'pg_catalog.pg_am'::regclass, a.oid, 0, 'access method', pg_catalog.quote_ident(a.amname), NULL,
				pg_catalog.format('TYPE %s HANDLER %s', CASE a.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END,
					a.amhandler::oid::regprocedure),
				NULL, NULL, NULL
			FROM pg_catalog.pg_am a
			WHERE a.oid >= 16384
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_am'::regclass AND m.objid = a.oid)""";

	static final String FOREIGN_DATA_WRAPPERS = """
			SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, w.oid, 0, 'foreign data wrapper',
				pg_catalog.quote_ident(w.fdwname), NULL,
				pg_catalog.concat_ws(' ',
					coalesce('HANDLER ' || nullif(w.fdwhandler, 0)::regprocedure::text, 'NO HANDLER'),
					coalesce('VALIDATOR ' || nullif(w.fdwvalidator, 0)::regprocedure::text, 'NO VALIDATOR'),
					$options),
				w.fdwowner, 'F', w.fdwacl
			FROM pg_catalog.pg_foreign_data_wrapper w
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass AND m.objid = w.oid)"""
		.replace("$options", SnapshotOptionExpression.of("w.fdwoptions"));

	static final String SERVERS = """
			SELECT 'pg_catalog.pg_foreign_server'::regclass, s.oid, 0, 'server', pg_catalog.quote_ident(s.srvname), NULL,
				pg_catalog.concat_ws(' ', 'FOREIGN DATA WRAPPER', pg_catalog.quote_ident(w.fdwname),
					'TYPE ' || pg_catalog.quote_literal(s.srvtype),
					'VERSION ' || pg_catalog.quote_literal(s.srvversion),
					$options),
				s.srvowner, 'S', s.srvacl
			FROM pg_catalog.pg_foreign_server s
			JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_foreign_server'::regclass AND m.objid = s.oid)"""
		.replace("$options", SnapshotOptionExpression.of("s.srvoptions"));

	private SnapshotExtensionQueries() {
	}

}
