package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows of a {@link SnapshotQuery}, by kind and identity.
 *
 * @param definitions the definitions
 * @param relations the relations, where there is one
 */
record Snapshot(Map<String, String> definitions, Map<String, String> relations) {

	static final MigratorObjects OWN = new MigratorObjects("public", Set.of("schema_migrations", "It's \\ours\""),
			Set.of("veza_keep"), "veza_backup");

	/**
	 * Take a snapshot in the transaction of a connection, or in one of its own.
	 * @param connection the connection
	 * @return the snapshot
	 * @throws SQLException if that fails
	 */
	static Snapshot take(Connection connection) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			for (String pin : SnapshotQuery.PINS) {
				statement.execute(pin);
			}
			try (ResultSet rows = statement.executeQuery(new SnapshotQuery(OWN).sql())) {
				return read(rows);
			}
		}
		finally {
			connection.setAutoCommit(autoCommit);
		}
	}

	private static Snapshot read(ResultSet rows) throws SQLException {
		Snapshot snapshot = new Snapshot(new TreeMap<>(), new TreeMap<>());
		while (rows.next()) {
			String key = rows.getString("kind") + " " + rows.getString("identity");
			if (snapshot.definitions.put(key, rows.getString("definition")) != null) {
				throw new IllegalStateException("'" + key + "' is there twice");
			}
			if (rows.getString("relation") != null) {
				snapshot.relations.put(key, rows.getString("relation"));
			}
		}
		return snapshot;
	}

	String definition(String key) {
		return Objects.requireNonNull(this.definitions.get(key), key);
	}

	/**
	 * Return what is different later.
	 * @param later a later snapshot
	 * @return kinds and identities, each after {@code +}, {@code -} or {@code ~}, ordered
	 * by kind and identity
	 */
	List<String> changes(Snapshot later) {
		Set<String> keys = new TreeSet<>(this.definitions.keySet());
		keys.addAll(later.definitions.keySet());
		List<String> changes = new ArrayList<>();
		for (String key : keys) {
			String before = this.definitions.get(key);
			String after = later.definitions.get(key);
			if (!Objects.equals(before, after)) {
				changes.add(((before == null) ? "+ " : (after == null) ? "- " : "~ ") + key);
			}
		}
		return changes;
	}

}
