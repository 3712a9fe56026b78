package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of functions, procedures and aggregates.
 */
final class SnapshotRoutineQueries {

	static final String ROUTINES = """
			SELECT 'pg_catalog.pg_proc'::regclass, p.oid, 0,
				CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure' ELSE 'window function' END,
				pg_catalog.format('%s.%I(%s)', n.identity, p.proname, pg_catalog.oidvectortypes(p.proargtypes)), NULL,
				pg_catalog.rtrim(pg_catalog.pg_get_functiondef(p.oid), pg_catalog.chr(10)),
				p.proowner, 'f', p.proacl
			FROM pg_catalog.pg_proc p
			JOIN namespaces n ON n.oid = p.pronamespace
			WHERE p.oid >= $users
				AND p.prokind <> 'a'
				AND p.proname <> ALL (n.own_functions)
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_proc'::regclass AND m.objid = p.oid)""";

	static final String AGGREGATES = """
			SELECT 'pg_catalog.pg_proc'::regclass, p.oid, 0, 'aggregate',
				pg_catalog.format('%s.%I(%s)', n.identity, p.proname, pg_catalog.oidvectortypes(p.proargtypes)), NULL,
				pg_catalog.concat_ws(' ',
					'(' || pg_catalog.pg_get_function_arguments(p.oid) || ')',
					'RETURNS ' || pg_catalog.pg_get_function_result(p.oid),
					CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' WHEN 'o' THEN 'ORDERED SET' END,
					CASE p.proparallel WHEN 's' THEN 'PARALLEL SAFE' WHEN 'r' THEN 'PARALLEL RESTRICTED' END,
					'SFUNC ' || a.aggtransfn::oid::regprocedure::text,
					'STYPE ' || pg_catalog.format_type(a.aggtranstype, NULL),
					'SSPACE ' || nullif(a.aggtransspace, 0),
					'FINALFUNC ' || nullif(a.aggfinalfn::oid, 0)::regprocedure::text,
					CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
					'FINALFUNC_MODIFY ' || a.aggfinalmodify::text,
					'COMBINEFUNC ' || nullif(a.aggcombinefn::oid, 0)::regprocedure::text,
					'SERIALFUNC ' || nullif(a.aggserialfn::oid, 0)::regprocedure::text,
					'DESERIALFUNC ' || nullif(a.aggdeserialfn::oid, 0)::regprocedure::text,
					'INITCOND ' || pg_catalog.quote_literal(a.agginitval),
					'MSFUNC ' || nullif(a.aggmtransfn::oid, 0)::regprocedure::text,
					'MINVFUNC ' || nullif(a.aggminvtransfn::oid, 0)::regprocedure::text,
					'MSTYPE ' || pg_catalog.format_type(nullif(a.aggmtranstype, 0), NULL),
					'MSSPACE ' || nullif(a.aggmtransspace, 0),
					'MFINALFUNC ' || nullif(a.aggmfinalfn::oid, 0)::regprocedure::text,
					CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
					'MFINALFUNC_MODIFY ' || a.aggmfinalmodify::text,
					'MINITCOND ' || pg_catalog.quote_literal(a.aggminitval),
					'SORTOP ' || nullif(a.aggsortop, 0)::regoperator::text),
				p.proowner, 'f', p.proacl
			FROM pg_catalog.pg_proc p
			JOIN namespaces n ON n.oid = p.pronamespace
			JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
			WHERE p.oid >= $users
				AND p.proname <> ALL (n.own_functions)
				AND NOT EXISTS (
					SELECT
					FROM members m
					WHERE m.classid = 'pg_catalog.pg_proc'::regclass AND m.objid = p.oid)""";

	private SnapshotRoutineQueries() {
	}

}
