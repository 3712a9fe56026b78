package io.veza.migrations.rehearsal.observe;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the relations of users, with the locks and the counters of its own session. The
 * counters are those that the server has not yet added to its statistics: they begin at
 * any number, so that only differences within one transaction mean something.
 */
public final class RelationReader implements AutoCloseable {

	private static final String COLUMNS = """
			c.relkind::text AS relkind,
				pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS name,
				coalesce(pg_catalog.pg_relation_filenode(c.oid), 0) AS filenode, c.reltablespace AS tablespace,
				c.reltuples >= 0 AS counted, pg_catalog.pg_stat_get_xact_numscans(c.oid) AS scans,
				pg_catalog.pg_stat_get_xact_tuples_returned(c.oid) AS rows_read,
				pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) AS inserted,
				pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) AS updated,
				pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS deleted
			""";

	/**
	 * What belongs to the whole server has its own counters too: a session that writes
	 * there concerns other databases, and one that stops to count is taken to do so. What
	 * depends on roles and other shared objects is noted for every object.
	 */
	private static final String SHARED = """
			SELECT 0 AS oid, NULL AS modes, 'shared' AS relkind, '' AS name, 0 AS filenode, 0 AS tablespace,
				false AS counted, 0 AS scans, 0 AS rows_read,
				coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)), 0)
					+ CASE pg_catalog.current_setting('track_counts') WHEN 'off' THEN 1 ELSE 0 END AS inserted,
				coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)), 0) AS updated,
				coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)), 0) AS deleted
			FROM pg_catalog.pg_class c
			WHERE c.relisshared AND c.relkind = 'r' AND c.relname <> 'pg_shdepend'
			""";

	private static final String FROM = """
			LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			""";

	private static final String USERS = """
			c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
				AND NOT pg_catalog.starts_with(n.nspname, 'pg_') AND n.nspname <> 'information_schema'
			""";

	private static final String ALL = "SELECT c.oid, NULL AS modes, " + COLUMNS + "FROM pg_catalog.pg_class c " + FROM
			+ "WHERE " + USERS + "UNION ALL " + SHARED;

	private static final String LOCKED = """
			SELECT l.relation AS oid, l.modes, %sFROM (
				SELECT p.relation, pg_catalog.array_agg(p.mode) AS modes
				FROM pg_catalog.pg_locks p
				WHERE p.pid = pg_catalog.pg_backend_pid() AND p.locktype = 'relation'
					AND p.mode <> 'SIReadLock' AND p.granted AND p.database <> 0
				GROUP BY p.relation) l
			LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
			%sWHERE c.oid IS NULL OR %sUNION ALL %s""".formatted(COLUMNS, FROM, USERS, SHARED);

	private final PreparedStatement all;

	private final PreparedStatement locked;

	private final PreparedStatement shared;

	/**
	 * Create a new instance.
	 * @param connection the connection, which the statements are prepared on
	 * @throws SQLException if it is closed
	 */
	public RelationReader(Connection connection) throws SQLException {
		this.all = connection.prepareStatement(ALL);
		this.locked = connection.prepareStatement(LOCKED);
		this.shared = connection.prepareStatement(SHARED);
	}

	/**
	 * Look at all relations.
	 * @return what is seen
	 * @throws SQLException if the server refuses it
	 */
	public RelationSnapshot all() throws SQLException {
		return read(this.all);
	}

	/**
	 * Look at the relations on which the session holds locks, be they there or gone.
	 * @return what is seen
	 * @throws SQLException if the server refuses it
	 */
	public RelationSnapshot locked() throws SQLException {
		return read(this.locked);
	}

	/**
	 * Look only at what belongs to the whole server.
	 * @return how many of its rows were written
	 * @throws SQLException if the server refuses it
	 */
	public long sharedWrites() throws SQLException {
		return read(this.shared).sharedWrites();
	}

	@Override
	public void close() throws SQLException {
		try (this.all; this.locked; this.shared) {
			// nothing else to do
		}
	}

	private static RelationSnapshot read(PreparedStatement query) throws SQLException {
		Map<Long, ObservedRelation> relations = new HashMap<>();
		long shared = 0;
		try (ResultSet rows = query.executeQuery()) {
			while (rows.next()) {
				String relkind = rows.getString("relkind");
				if ("shared".equals(relkind)) {
					shared = rows.getLong("inserted") + rows.getLong("updated") + rows.getLong("deleted");
				}
				else {
					relations.put(rows.getLong("oid"), relation(rows, relkind));
				}
			}
		}
		return new RelationSnapshot(relations, shared);
	}

	private static ObservedRelation relation(ResultSet row, @Nullable String relkind) throws SQLException {
		String name = row.getString("name");
		return new ObservedRelation(row.getLong("oid"), (relkind != null) ? RelationKind.of(relkind) : null,
				(relkind != null && name != null) ? name : "", modes(row.getArray("modes")), row.getLong("filenode"),
				row.getLong("tablespace"), row.getBoolean("counted"), row.getLong("scans"), row.getLong("rows_read"),
				row.getLong("inserted"), row.getLong("updated"), row.getLong("deleted"));
	}

	private static Set<LockMode> modes(@Nullable Array modes) throws SQLException {
		return (modes != null)
				? Arrays.stream((String[]) modes.getArray()).map(LockMode::of).collect(Collectors.toSet()) : Set.of();
	}

	/**
	 * The relations at one moment.
	 *
	 * @param relations the relations by their identifier
	 * @param sharedWrites how many rows of what belongs to the whole server were written
	 */
	public record RelationSnapshot(Map<Long, ObservedRelation> relations, long sharedWrites) {

		public RelationSnapshot {
			relations = Map.copyOf(relations);
		}

		ObservedRelation relation(long oid) {
			return this.relations.getOrDefault(oid, ObservedRelation.NONE);
		}

	}

}
