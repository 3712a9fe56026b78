package io.veza.migrations.crash;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.testsupport.TestDatabase;

/**
 * Everything about a database that a crash must not change: schema, data, history. Times
 * and numbers that sequences gave are no part of it.
 *
 * @param lines one thing each
 */
record Fingerprint(List<String> lines) {

	private static final String RELATIONS = """
			SELECT 'relation', c.relkind, c.relname, c.relpersistence, c.reloptions, obj_description(c.oid, 'pg_class'),
				pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid), p.inhparent::regclass, p.inhdetachpending,
				CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END, c.relispopulated
			FROM pg_class c LEFT JOIN pg_inherits p ON p.inhrelid = c.oid
			WHERE c.relnamespace = 'public'::regnamespace
			ORDER BY c.relname""";

	private static final String COLUMNS = """
			SELECT 'column', c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), a.attname,
				format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity,
				a.attgenerated, a.attcollation::regcollation
			FROM pg_class c
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
			WHERE c.relnamespace = 'public'::regnamespace
			ORDER BY c.relname, a.attnum""";

	private static final String CONSTRAINTS = """
			SELECT 'constraint', conrelid::regclass, conname, contype, convalidated, pg_get_constraintdef(oid)
			FROM pg_constraint
			WHERE connamespace = 'public'::regnamespace
			ORDER BY conrelid::regclass::text, conname""";

	private static final String INDEXES = """
			SELECT 'index', indexrelid::regclass, indisvalid, indisready, indislive, indisunique,
				pg_get_indexdef(indexrelid)
			FROM pg_index JOIN pg_class c ON c.oid = indexrelid
			WHERE c.relnamespace = 'public'::regnamespace
			ORDER BY indexrelid::regclass::text""";

	private static final String FUNCTIONS_AND_TRIGGERS = """
			SELECT 'function', pg_get_functiondef(oid)
			FROM pg_proc
			WHERE pronamespace = 'public'::regnamespace
			UNION ALL
			SELECT 'trigger', pg_get_triggerdef(oid) || ' ' || tgenabled::text
			FROM pg_trigger
			WHERE NOT tgisinternal
			ORDER BY 2""";

	private static final String TYPES = """
			SELECT 'type', t.typname, t.typtype, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
			FROM pg_type t LEFT JOIN pg_enum e ON e.enumtypid = t.oid
			WHERE t.typnamespace = 'public'::regnamespace
			GROUP BY t.oid, t.typname, t.typtype
			ORDER BY t.typname""";

	private static final String SEQUENCES = """
			SELECT 'sequence', sequencename, data_type, start_value, min_value, max_value, increment_by, cycle, cache_size
			FROM pg_sequences
			ORDER BY sequencename""";

	private static final String TABLES = """
			SELECT relname
			FROM pg_class
			WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'm') AND relname NOT LIKE 'schema\\_migration%'
			ORDER BY relname""";

	private static final String DATA = """
			SELECT 'data', '%1$s', count(*), sum(hashtextextended(t::text, 0)::numeric)
			FROM %1$s t""";

	private static final String HISTORY = """
			SELECT 'history', row_number() OVER (ORDER BY id), version, name, checksum, up_checksum, md5(down_sql), status
			FROM schema_migrations
			ORDER BY id""";

	private static final String PROGRESS = """
			SELECT 'progress', version, statement, operation, error
			FROM schema_migration_progress""";

	/** A migration that was applied twice, or taken back twice, would show here. */
	private static final String EVENTS = """
			SELECT 'events', operation, version, count(*)
			FROM schema_migration_events
			WHERE outcome = 'success'
			GROUP BY operation, version
			ORDER BY operation, version""";

	/**
	 * Take the fingerprint of a database.
	 * @param database the database
	 * @return the fingerprint
	 */
	static Fingerprint of(TestDatabase database) {
		List<String> lines = new ArrayList<>();
		for (String query : List.of(RELATIONS, COLUMNS, CONSTRAINTS, INDEXES, FUNCTIONS_AND_TRIGGERS, TYPES, SEQUENCES,
				HISTORY, PROGRESS, EVENTS)) {
			lines.addAll(database.query(query));
		}
		for (String table : database.query(TABLES)) {
			lines.addAll(database.query(DATA.formatted(table)));
		}
		return new Fingerprint(List.copyOf(lines));
	}

	/**
	 * Return what differs from what is expected.
	 * @param expected the fingerprint of an undisturbed run
	 * @return a line for each difference; none if there is none
	 */
	List<String> differencesFrom(Fingerprint expected) {
		List<String> differences = new ArrayList<>();
		expected.lines.stream()
			.filter((line) -> !this.lines.contains(line))
			.forEach((line) -> differences.add("- " + line));
		this.lines.stream()
			.filter((line) -> !expected.lines.contains(line))
			.forEach((line) -> differences.add("+ " + line));
		return differences;
	}

}
