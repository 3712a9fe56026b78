package io.veza.migrations.catalog;

/**
 * The queries for the snapshot of what acts by itself: triggers, event triggers, rules
 * and policies.
 */
final class SnapshotTriggerQueries {

	/**
	 * Triggers that PostgreSQL 14 copies to partitions are internal, yet each can be
	 * disabled by itself.
	 */
	static final String TRIGGERS = """
			SELECT 'pg_catalog.pg_trigger'::regclass, t.oid, 0, 'trigger',
				pg_catalog.format('%s.%I', r.identity, t.tgname), r.identity,
				pg_catalog.concat_ws(' ', pg_catalog.pg_get_triggerdef(t.oid),
					CASE t.tgenabled
						WHEN 'D' THEN 'DISABLED'
						WHEN 'R' THEN 'ENABLED REPLICA'
						WHEN 'A' THEN 'ENABLED ALWAYS'
					END),
				NULL, NULL, NULL
			FROM pg_catalog.pg_trigger t
			JOIN relations r ON r.oid = t.tgrelid
			LEFT JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint
			WHERE NOT t.tgisinternal
				OR (t.tgparentid <> 0 AND (k.oid IS NULL OR k.contype = 't'))""";

	static final String EVENT_TRIGGERS = """
			SELECT 'pg_catalog.pg_event_trigger'::regclass, e.oid, 0, 'event trigger',
				pg_catalog.quote_ident(e.evtname), NULL,
				pg_catalog.concat_ws(' ', 'ON', e.evtevent,
					(
						SELECT 'WHEN TAG IN (' || pg_catalog.string_agg(
							pg_catalog.quote_literal(g.tag), ', ' ORDER BY g.tag COLLATE "C") || ')'
						FROM pg_catalog.unnest(e.evttags) g (tag)
					),
					'EXECUTE FUNCTION', e.evtfoid::regprocedure::text,
					CASE e.evtenabled
						WHEN 'D' THEN 'DISABLED'
						WHEN 'R' THEN 'ENABLED REPLICA'
						WHEN 'A' THEN 'ENABLED ALWAYS'
					END),
				e.evtowner, NULL, NULL
			FROM pg_catalog.pg_event_trigger e
			WHERE NOT EXISTS (
				SELECT
				FROM members m
				WHERE m.classid = 'pg_catalog.pg_event_trigger'::regclass AND m.objid = e.oid)""";

	/** The rule of a view is the view. */
	static final String RULES = """
			SELECT 'pg_catalog.pg_rewrite'::regclass, w.oid, 0, 'rule',
				pg_catalog.format('%s.%I', r.identity, w.rulename), r.identity,
				pg_catalog.concat_ws(' ', pg_catalog.btrim(pg_catalog.pg_get_ruledef(w.oid), ' ;'),
					CASE w.ev_enabled
						WHEN 'D' THEN 'DISABLED'
						WHEN 'R' THEN 'ENABLED REPLICA'
						WHEN 'A' THEN 'ENABLED ALWAYS'
					END),
				NULL, NULL, NULL
			FROM pg_catalog.pg_rewrite w
			JOIN relations r ON r.oid = w.ev_class
			WHERE w.ev_type <> '1'""";

	static final String POLICIES = """
			SELECT 'pg_catalog.pg_policy'::regclass, p.oid, 0, 'policy',
				pg_catalog.format('%s.%I', r.identity, p.polname), r.identity,
				pg_catalog.concat_ws(' ',
					CASE WHEN p.polpermissive THEN 'AS PERMISSIVE' ELSE 'AS RESTRICTIVE' END,
					CASE p.polcmd
						WHEN 'r' THEN 'FOR SELECT'
						WHEN 'a' THEN 'FOR INSERT'
						WHEN 'w' THEN 'FOR UPDATE'
						WHEN 'd' THEN 'FOR DELETE'
						ELSE 'FOR ALL'
					END,
					'TO',
					(
						SELECT pg_catalog.string_agg(o.name, ', ' ORDER BY o.name COLLATE "C")
						FROM pg_catalog.unnest(p.polroles) m (role)
						CROSS JOIN LATERAL (
							SELECT CASE m.role
								WHEN 0 THEN 'PUBLIC'
								ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(m.role))
							END
						) o (name)
					),
					'USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
					'WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
				NULL, NULL, NULL
			FROM pg_catalog.pg_policy p
			JOIN relations r ON r.oid = p.polrelid""";

	private SnapshotTriggerQueries() {
	}

}
