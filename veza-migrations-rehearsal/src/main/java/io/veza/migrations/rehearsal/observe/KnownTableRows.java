package io.veza.migrations.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of all tables that have some, of which only those are read again on which a
 * section has worked.
 *
 * @param picture the rows
 */
record KnownRows(TableContents.Picture picture) {

	/**
	 * Read all tables that have rows.
	 * @param connection the connection
	 * @return their rows
	 * @throws SQLException if the server refuses it
	 */
	static KnownRows read(Connection connection) throws SQLException {
		return new KnownRows(TableContents.read(connection, TableContents.nonEmpty(connection)));
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
		Map<String, TableRows> now = new HashMap<>(this.picture.tables());
		now.keySet().removeAll(touched);
		now.putAll(TableContents.read(connection, touched).tables());
		return new KnownRows(new TableContents.Picture(now));
	}

	/**
	 * Return which rows are not what they were. Tables that had none do not count: their
	 * rows are new.
	 * @param later the rows as they are now
	 * @return the differences
	 */
	List<DataDifference> differences(KnownRows later) {
		Map<String, TableRows> known = new HashMap<>(later.picture.tables());
		known.keySet().retainAll(this.picture.tables().keySet());
		return this.picture.differences(new TableContents.Picture(known));
	}

	private static boolean ranOutsideOfATransaction(RehearsedSection section) {
		return section.statements()
			.stream()
			.anyMatch((statement) -> statement.observation() == StatementEffect.Observation.DOCUMENTED);
	}

	private boolean concerns(RelationEffect relation) {
		boolean known = this.picture.tables().containsKey(relation.relation());
		return relation.writes() || (known && relation.lock().compareTo(LockMode.ROW_EXCLUSIVE) >= 0);
	}

}
