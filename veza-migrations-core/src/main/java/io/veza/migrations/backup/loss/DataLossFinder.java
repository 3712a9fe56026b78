package io.veza.migrations.backup.loss;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.SqlQuoting;

/**
 * Looks at where the database keeps data, so that what a DOWN destroys can be told from
 * the catalogs and counters, whatever its SQL says.
 */
public final class DataLossFinder {

	private static final String READ = """
			WITH own AS MATERIALIZED (
				SELECT l.relation AS oid, pg_catalog.bool_or(l.mode = 'AccessExclusiveLock') AS exclusive,
					pg_catalog.bool_or(l.mode = 'RowExclusiveLock') AS writing
				FROM pg_catalog.pg_locks l
				WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted
				GROUP BY l.relation),
			columns AS (
				SELECT a.attrelid, pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attnum, a.atttypid, a.atttypmod,
					pg_catalog.encode(pg_catalog.convert_to(a.attname, 'UTF8'), 'hex')), ',' ORDER BY a.attnum) AS list
				FROM pg_catalog.pg_attribute a
				WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
				GROUP BY a.attrelid)
			SELECT c.oid, c.relkind::text AS kind, pg_catalog.format('%%I.%%I', n.nspname, c.relname) AS name,
				c.oid IN (
					SELECT pg_catalog.to_regclass(e.name)
					FROM pg_catalog.unnest({excluded}) e (name)) AS excluded,
				pg_catalog.pg_relation_filenode(c.oid) AS filenode, c.reltuples::bigint AS estimate, %1$s, columns.list,
				coalesce(own.exclusive, false) AS exclusive, coalesce(own.writing, false) AS writing,
				c.relkind = 'c' AND EXISTS (
					SELECT 1
					FROM pg_catalog.pg_type t
					JOIN pg_catalog.pg_depend d ON d.refobjid IN (t.oid, t.typarray)
					WHERE t.oid = c.reltype AND d.refclassid = 'pg_catalog.pg_type'::regclass AND d.deptype = 'n'
						AND d.classid IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_type'::regclass)) AS used,
				%2$s
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN columns ON columns.attrelid = c.oid
			LEFT JOIN own ON own.oid = c.oid
			WHERE c.relkind IN ('r', 'S', 'f', 'c') AND c.relpersistence <> 't'
				AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', {backups})
			UNION ALL
			SELECT c.oid, 'o', c.relname, false, 0, 0, %1$s, NULL, false, false, false,
				%2$s
			FROM pg_catalog.pg_class c
			WHERE c.oid = 'pg_catalog.pg_largeobject'::regclass
			UNION ALL
			SELECT own.oid, '-', '', true, 0, 0, 0, NULL, true, false, false,
				%2$s
			FROM own
			WHERE own.exclusive AND NOT EXISTS (
				SELECT 1
				FROM pg_catalog.pg_class c
				WHERE c.oid = own.oid)
			ORDER BY 3, 1""".formatted("""
			pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)
				+ pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) AS changed""", """
			pg_catalog.current_setting('track_counts') = 'on' AS counting,
				pg_catalog.current_setting('transaction_isolation') AS isolation""");

	/** A superuser may do that; without the permission nothing is left behind. */
	private static final String COUNT = """
			DO $$
			BEGIN
				PERFORM pg_catalog.set_config('track_counts', 'on', true);
			EXCEPTION WHEN insufficient_privilege THEN
				NULL;
			END
			$$""";

	private static final char DROPPED = '-';

	private final String query;

	/**
	 * Create a new instance.
	 * @param excludedTables tables whose data is nobody's loss, as SQL writes them
	 * @param backupSchema the name of the schema of the backups, whose tables are
	 * excluded too
	 */
	public DataLossFinder(Collection<String> excludedTables, String backupSchema) {
		String excluded = excludedTables.stream()
			.map(SqlQuoting::literal)
			.collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
		this.query = READ.replace("{excluded}", excluded).replace("{backups}", SqlQuoting.literal(backupSchema));
	}

	/**
	 * Take a snapshot.
	 * @param connection the connection, in the transaction that the DOWN is run in
	 * @return the snapshot
	 * @throws SQLException if the query fails
	 */
	public DataSnapshot snapshot(Connection connection) throws SQLException {
		return snapshot(connection, List.of());
	}

	/**
	 * Take another snapshot, when nothing of the DOWN is left to be done, not even the
	 * constraints that it has put off to the end of the transaction.
	 * @param connection the connection
	 * @param before the snapshot from before the DOWN
	 * @return what is lost since
	 * @throws SQLException if a constraint is violated or the query fails
	 */
	public ObservedDataLosses lostSince(Connection connection, DataSnapshot before) throws SQLException {
		return before.until(snapshot(connection, List.of("SET CONSTRAINTS ALL IMMEDIATE")));
	}

	private DataSnapshot snapshot(Connection connection, List<String> first) throws SQLException {
		DatabaseRead<DataSnapshot> read = DatabaseRead.of(this.query, DataLossFinder::snapshot);
		DataSnapshot snapshot = read.after(first).read(connection);
		return snapshot.counting() ? snapshot : read.after(List.of(COUNT)).read(connection);
	}

	private static DataSnapshot snapshot(ResultSet rows) throws SQLException {
		List<DataRelation> relations = new ArrayList<>();
		Set<Long> dropped = new HashSet<>();
		boolean counting = true;
		Set<String> isolation = new HashSet<>();
		while (rows.next()) {
			DataRelation relation = relation(rows);
			if (relation.kind() == DROPPED) {
				dropped.add(relation.oid());
			}
			else {
				relations.add(relation);
			}
			counting &= rows.getBoolean("counting");
			isolation.add(rows.getString("isolation"));
		}
		return new DataSnapshot(counting, String.join(", ", isolation), relations, dropped);
	}

	private static DataRelation relation(ResultSet row) throws SQLException {
		String columns = row.getString("list");
		return new DataRelation(row.getLong("oid"), row.getString("kind").charAt(0), row.getString("name"),
				row.getBoolean("excluded"), row.getLong("filenode"), row.getLong("estimate"), row.getLong("changed"),
				(columns != null) ? columns : "", row.getBoolean("exclusive"), row.getBoolean("writing"),
				row.getBoolean("used"));
	}

}
