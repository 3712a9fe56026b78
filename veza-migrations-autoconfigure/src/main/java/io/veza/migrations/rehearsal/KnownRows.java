package io.veza.migrations.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows of all tables that have some, table by table, so that only those are read
 * again on which a section has worked.
 *
 * @param tables what is in each table, by its name as SQL writes it
 */
record KnownRows(Map<String, TableContents.Picture> tables) {

	private static final TableContents.Picture NO_ROWS = new TableContents.Picture(Map.of());

	KnownRows {
		tables = Map.copyOf(tables);
	}

	/**
	 * Read all tables that have rows.
	 * @param connection the connection
	 * @return their rows
	 * @throws SQLException if the server refuses it
	 */
	static KnownRows read(Connection connection) throws SQLException {
		return new KnownRows(read(connection, TableContents.nonEmpty(connection)));
	}

	/**
	 * Read the tables again on which sections have worked. Which rows a statement outside
	 * of a transaction has written is not known: after one all are read.
	 * @param connection the connection
	 * @param sections the sections
	 * @return the rows as they are now
	 * @throws SQLException if the server refuses it
	 */
	KnownRows readAgain(Connection connection, List<RehearsedSection> sections) throws SQLException {
		if (sections.stream().anyMatch(KnownRows::ranOutsideOfATransaction)) {
			return read(connection);
		}
		Set<String> touched = new HashSet<>();
		for (RehearsedSection section : sections) {
			section.statements().forEach((statement) -> statement.relations().forEach((relation) -> {
				if (concerns(relation)) {
					touched.add(relation.relation());
				}
			}));
		}
		if (touched.isEmpty()) {
			return this;
		}
		Map<String, TableContents.Picture> now = new HashMap<>(this.tables);
		now.keySet().removeAll(touched);
		now.putAll(read(connection, touched));
		return new KnownRows(now);
	}

	/**
	 * Return which rows are not what they were. Tables that had none do not count: their
	 * rows are new.
	 * @param later the rows as they are now
	 * @return the differences
	 */
	List<DataDifference> differences(KnownRows later) {
		return new TreeMap<>(this.tables).entrySet()
			.stream()
			.flatMap((
					table) -> table.getValue().differences(later.tables.getOrDefault(table.getKey(), NO_ROWS)).stream())
			.toList();
	}

	private static boolean ranOutsideOfATransaction(RehearsedSection section) {
		return section.statements()
			.stream()
			.anyMatch((statement) -> statement.observation() == StatementEffect.Observation.DOCUMENTED);
	}

	private boolean concerns(RelationEffect relation) {
		boolean known = this.tables.containsKey(relation.relation());
		return relation.writes() || (known && relation.lock().compareTo(LockMode.ROW_EXCLUSIVE) >= 0);
	}

	private static Map<String, TableContents.Picture> read(Connection connection, Set<String> names)
			throws SQLException {
		Map<String, TableContents.Picture> tables = new HashMap<>();
		for (String name : names) {
			tables.put(name, TableContents.read(connection, Set.of(name)));
		}
		return tables;
	}

}
