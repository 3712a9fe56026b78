package io.veza.migrations.record;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.sql.SqlQuoting;

/**
 * Statements that record what migrations do to the catalogs, and that compare the
 * catalogs with what is recorded. Each is one statement, so that all of it happens inside
 * the server. The snapshot of the catalogs after the newest run is in a table: whatever
 * differs from it was done since.
 */
public final class CatalogRecordStatements {

	/**
	 * The row of the snapshot that says to which state of the history, and to which major
	 * version of the server, it belongs. When it differs, a runner that records nothing
	 * has moved the history, or the server writes definitions in another way.
	 */
	static final String HISTORY = "history";

	/** The row of a verification that names what it covers. */
	static final String COVERED = "covered";

	/** Views are written out under locks on what they use. */
	private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = 500";

	private static final String ACTUAL = """
			WITH actual AS MATERIALIZED (
				SELECT kind, identity, relation, definition
				FROM ({catalogs}) catalogs
				UNION ALL
				SELECT 'history', '', NULL, pg_catalog.concat_ws('/', {server}, pg_catalog.count(*), pg_catalog.max(h.id))
				FROM {history} h
			), changed AS MATERIALIZED (
				SELECT coalesce(f.kind, s.kind) AS kind,
					coalesce(f.identity, s.identity) AS identity,
					coalesce(f.relation, s.relation) AS relation,
					s.definition AS before,
					f.definition AS after
				FROM actual f
				FULL JOIN {snapshot} s ON s.kind = f.kind AND s.identity = f.identity
				WHERE f.definition IS DISTINCT FROM s.definition
			)""";

	private static final String REMOVED = """
			, removed AS (
				DELETE FROM {snapshot} s
				USING changed c
				WHERE s.kind = c.kind AND s.identity = c.identity
			)""";

	private static final String WRITTEN = """
			INSERT INTO {snapshot} (kind, identity, relation, definition)
			SELECT kind, identity, relation, after
			FROM changed
			WHERE after IS NOT NULL""";

	private static final String TAKEN_OVER = REMOVED + ", written AS (\n" + WRITTEN + "\n)";

	private static final String TAKE_OVER = ACTUAL + REMOVED + "\n" + WRITTEN;

	/** What a runner that records nothing has left of a version is out of date. */
	private static final String RECORD = ACTUAL + TAKEN_OVER
			+ """
					, forgotten AS (
						DELETE FROM {records}
						WHERE versions && {versions}
					), record AS (
						INSERT INTO {records} (operation_id, versions, server, digest)
						SELECT {operation}::uuid, {versions}, {server}, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
								coalesce(pg_catalog.string_agg(pg_catalog.concat_ws(pg_catalog.chr(31), kind, identity, definition),
									pg_catalog.chr(30) ORDER BY kind, identity), ''), 'UTF8')), 'hex')
						FROM actual
						WHERE kind <> 'history'
						RETURNING id
					)
					INSERT INTO {changes} (record, kind, identity, relation, before, after)
					SELECT record.id, c.kind, c.identity, c.relation, c.before, c.after
					FROM changed c, record
					WHERE c.kind <> 'history'""";

	/**
	 * An object that somebody drops while it is read is an internal error to PostgreSQL.
	 * After three of them, and when a lock is not to be had in time, nothing is recorded,
	 * which is better than to fail or to wait.
	 */
	private static final String TRY = """
			BEGIN
				FOR attempt IN 1..3 LOOP
					BEGIN
						%s;
						RETURN;
					EXCEPTION WHEN lock_not_available THEN
						RETURN;
					WHEN internal_error OR undefined_table OR undefined_object OR undefined_function THEN
						NULL;
					END;
				END LOOP;
			END""";

	private static final String SERVER = "(pg_catalog.current_setting('server_version_num')::integer / 10000)";

	/**
	 * Ours is what is in the schema of the history, and what our migrations have touched
	 * elsewhere: other schemas may be other applications' business.
	 */
	private static final String DRIFT = ACTUAL + """

			SELECT d.kind, d.identity, d.relation, d.before, d.after,
				pg_catalog.starts_with(d.relation, {schema} || '.')
					OR pg_catalog.strpos(' ' || d.identity || '.', ' ' || {schema} || '.') > 0
					OR EXISTS (
						SELECT 1
						FROM {changes} c
						WHERE c.relation = d.relation OR (c.kind = d.kind AND c.identity = d.identity)) AS ours
			FROM changed d
			ORDER BY d.kind, d.identity""";

	private static final String RECORDED = """
			SELECT 'covered' AS kind, version AS identity, NULL AS relation, NULL AS before, NULL AS after
			FROM {records} r, pg_catalog.unnest(r.versions) version
			WHERE r.versions <@ {versions} AND r.server = {server}
				AND EXISTS (SELECT 1 FROM {changes} c WHERE c.record = r.id)
			UNION ALL
			SELECT c.kind, c.identity, c.relation, c.before, c.after
			FROM {records} r
			JOIN {changes} c ON c.record = r.id
			WHERE r.versions <@ {versions}""";

	/** Without a record, every object may be concerned. */
	private static final String CONCERNED = ACTUAL + """
			, touched AS MATERIALIZED (
				SELECT DISTINCT c.kind, c.identity, c.relation
				FROM {records} r
				JOIN {changes} c ON c.record = r.id
				WHERE r.versions && {versions}
			)
			SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(coalesce(pg_catalog.string_agg(
				pg_catalog.concat_ws(pg_catalog.chr(31), f.kind, f.identity, f.definition), pg_catalog.chr(30)
				ORDER BY f.kind, f.identity), ''), 'UTF8')), 'hex') AS digest
			FROM actual f
			WHERE f.kind <> 'history' AND ({everything} OR EXISTS (
				SELECT 1
				FROM touched t
				WHERE t.relation = f.relation OR (t.kind = f.kind AND t.identity = f.identity)))""";

	private static final String LEFT_BEHIND = """
			SELECT DISTINCT c.kind, c.identity, c.relation, NULL AS before, c.after
			FROM {changes} c
			JOIN {records} r ON r.id = c.record
			LEFT JOIN pg_catalog.pg_index i
				ON i.indexrelid = CASE WHEN c.kind = 'index' THEN pg_catalog.to_regclass(c.identity) END
			LEFT JOIN pg_catalog.pg_constraint k
				ON k.conrelid = CASE WHEN c.kind = 'constraint' THEN pg_catalog.to_regclass(c.relation) END
				AND c.identity = c.relation || '.' || pg_catalog.quote_ident(k.conname)
			WHERE r.operation_id = {operation}::uuid AND c.after IS NOT NULL
				AND (NOT i.indisvalid OR NOT k.convalidated)
			ORDER BY c.kind, c.identity""";

	private static final String VERIFY = ACTUAL + TAKEN_OVER
			+ """
					, covering AS MATERIALIZED (
						SELECT id, versions
						FROM {records}
						WHERE versions <@ {versions} AND server = {server}
					), touched AS MATERIALIZED (
						SELECT DISTINCT ON (c.kind, c.identity) c.kind, c.identity, c.relation, c.before
						FROM {changes} c
						JOIN covering r ON r.id = c.record
						ORDER BY c.kind, c.identity, r.id
					), expected AS (
						SELECT kind, identity, relation, before AS definition
						FROM touched
						WHERE before IS NOT NULL
						UNION ALL
						SELECT s.kind, s.identity, s.relation, s.definition
						FROM {snapshot} s
						WHERE s.kind <> 'history'
							AND NOT EXISTS (SELECT 1 FROM touched t WHERE t.kind = s.kind AND t.identity = s.identity)
					), forgotten AS (
						DELETE FROM {records}
						WHERE versions && {versions}
					)
					SELECT 'covered' AS kind, version AS identity, NULL AS relation, NULL AS before, NULL AS after
					FROM covering, pg_catalog.unnest(versions) version
					UNION ALL
					SELECT coalesce(e.kind, f.kind), coalesce(e.identity, f.identity), coalesce(e.relation, f.relation),
						e.definition, f.definition
					FROM expected e
					FULL JOIN (SELECT kind, identity, relation, definition FROM actual WHERE kind <> 'history') f ON f.kind = e.kind AND f.identity = e.identity
					WHERE e.definition IS DISTINCT FROM f.definition
						AND (pg_catalog.starts_with(coalesce(e.relation, f.relation), {schema} || '.')
							OR pg_catalog.strpos(' ' || coalesce(e.identity, f.identity) || '.', ' ' || {schema} || '.') > 0
							OR EXISTS (
								SELECT 1
								FROM touched t
								WHERE t.relation = coalesce(e.relation, f.relation)
									OR (t.kind = coalesce(e.kind, f.kind) AND t.identity = coalesce(e.identity, f.identity))))
					ORDER BY kind, identity""";

	private final HistoryLayout layout;

	private final String catalogs;

	private final List<String> pins;

	/**
	 * Create a new instance.
	 * @param layout the tables
	 * @param catalogs the query for the snapshot of the catalogs, with the columns
	 * {@code kind}, {@code identity}, {@code relation} and {@code definition}
	 * @param pins the statements that set, for a transaction, what that query depends on
	 */
	public CatalogRecordStatements(HistoryLayout layout, String catalogs, List<String> pins) {
		this.layout = layout;
		this.catalogs = catalogs;
		this.pins = Stream.concat(pins.stream(), Stream.of(LOCK_TIMEOUT)).toList();
	}

	/**
	 * Return what makes the catalogs, as they are, the snapshot that the next comparison
	 * starts from.
	 * @return the SQL
	 */
	public List<String> takeOver() {
		return pinned(named(TAKE_OVER));
	}

	/**
	 * Return the record of what was done to the catalogs since the last one.
	 * @param operationId the run that did it
	 * @param versions the migrations that did it, in the order of application
	 * @return the SQL
	 */
	public List<String> record(UUID operationId, List<MigrationVersion> versions) {
		return pinned(named(RECORD).replace("{operation}", SqlQuoting.literal(operationId.toString()))
			.replace("{versions}", array(versions)));
	}

	/**
	 * Return what has to be executed before a query that compares.
	 * @return the SQL
	 */
	List<String> pins() {
		return this.pins;
	}

	/**
	 * Return the query for what was done to the catalogs since the last record.
	 * @return the SQL
	 */
	String drift() {
		return named(DRIFT);
	}

	/**
	 * Return the query for what differs after a rollback from what was there before the
	 * migrations were applied. It forgets what they did, and takes the catalogs over.
	 * @param versions the migrations
	 * @return the SQL
	 */
	String verify(List<MigrationVersion> versions) {
		return named(VERIFY).replace("{versions}", array(versions));
	}

	/**
	 * Return the query for what is recorded of migrations.
	 * @param versions the migrations
	 * @return the SQL
	 */
	String recorded(List<MigrationVersion> versions) {
		return named(RECORDED).replace("{versions}", array(versions));
	}

	/**
	 * Return the query for the digest of the objects that migrations have touched, as
	 * they are now.
	 * @param versions the migrations
	 * @param everything whether all objects count
	 * @return the SQL
	 */
	String concerned(List<MigrationVersion> versions, boolean everything) {
		return named(CONCERNED).replace("{versions}", array(versions))
			.replace("{everything}", Boolean.toString(everything));
	}

	/**
	 * Return the query for the indexes and constraints that a run has left unusable.
	 * @param operationId the run
	 * @return the SQL
	 */
	String leftBehind(UUID operationId) {
		return named(LEFT_BEHIND).replace("{operation}", SqlQuoting.literal(operationId.toString()));
	}

	private List<String> pinned(String sql) {
		List<String> statements = new ArrayList<>(this.pins);
		statements.add("DO " + SqlQuoting.literal(TRY.replace("%s", sql)));
		return statements;
	}

	private static String array(List<MigrationVersion> versions) {
		return versions.stream()
			.map((version) -> SqlQuoting.literal(version.text()))
			.collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
	}

	private String named(String sql) {
		return sql.replace("{history}", this.layout.history())
			.replace("{snapshot}", this.layout.snapshot())
			.replace("{records}", this.layout.records())
			.replace("{changes}", this.layout.changes())
			.replace("{server}", SERVER)
			.replace("{schema}", "pg_catalog.quote_ident(" + SqlQuoting.literal(this.layout.schema()) + ")")
			.replace("{catalogs}", this.catalogs);
	}

}
