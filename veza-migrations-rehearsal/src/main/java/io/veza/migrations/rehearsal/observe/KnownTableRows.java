package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.rehearsal.effect.StatementEffect;

/**
 * The rows of all tables that are not empty. Only tables that a section has touched are
 * read again.
 *
 * @param snapshot the rows
 */
public record KnownTableRows(TableRowSnapshot snapshot) {

	/**
	 * Read all tables that have rows.
	 * @param connection the connection
	 * @return their rows
	 * @throws SQLException if the server refuses it
	 */
	public static KnownTableRows read(Connection connection) throws SQLException {
		return new KnownTableRows(TableRowReader.read(connection, TableRowReader.nonEmpty(connection)));
	}

	/**
	 * Read the tables again on which sections have worked. Which rows a statement outside
	 * of a transaction has written is not known: after one all are read.
	 * @param connection the connection
	 * @param sections the sections
	 * @return the rows as they are now
	 * @throws SQLException if the server refuses it
	 */
	public KnownTableRows readAgain(Connection connection, List<RehearsedSection> sections) throws SQLException {
		if (sections.stream().anyMatch(KnownTableRows::ranOutsideOfATransaction)) {
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
		Map<String, TableRows> now = new HashMap<>(this.snapshot.tables());
		now.keySet().removeAll(touched);
		now.putAll(TableRowReader.read(connection, touched).tables());
		return new KnownTableRows(new TableRowSnapshot(now));
	}

	/**
	 * Return which rows are not what they were. Tables that had none do not count: their
	 * rows are new.
	 * @param later the rows as they are now
	 * @return the differences
	 */
	public List<RowDifference> differences(KnownTableRows later) {
		Map<String, TableRows> known = new HashMap<>(later.snapshot.tables());
		known.keySet().retainAll(this.snapshot.tables().keySet());
		return this.snapshot.differences(new TableRowSnapshot(known));
	}

	private static boolean ranOutsideOfATransaction(RehearsedSection section) {
		return section.statements()
			.stream()
			.anyMatch((statement) -> statement.observation() == StatementEffect.Observation.DOCUMENTED);
	}

	private boolean concerns(RelationEffect relation) {
		boolean known = this.snapshot.tables().containsKey(relation.relation());
		return relation.writes() || (known && relation.lock().compareTo(LockMode.ROW_EXCLUSIVE) >= 0);
	}

}
