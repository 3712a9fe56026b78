package io.veza.migrations.rehearsal.findings;

import java.util.Comparator;
import java.util.List;

import io.veza.migrations.rehearsal.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for tables that were rewritten because a column was added whose values are not
 * the same in all rows: those of a volatile default, an identity or a stored expression.
 * A column of a domain with a constraint does that, too. Of several columns one that gets
 * a value by itself is named.
 */
final class FilledColumnAdded implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.NEW_COLUMN_REWRITES_TABLE;
	}

	@Override
	public List<Text> look(TableChange change) {
		return (change.rewritten() && change.retypedColumns().isEmpty()) ? change.addedColumns()
			.stream()
			.sorted(Comparator.comparing(Column::filled).reversed())
			.limit(1)
			.map((column) -> text(change, column))
			.toList() : List.of();
	}

	private static Text text(TableChange change, Column column) {
		return new Text(
				"Column \"%s\" is added to \"%s\" with a value for each row, and the table is rewritten under %s."
					.formatted(column.name(), change.name(), LockWords.of(change.lock())),
				LockWords.waiting(change.lock())
						+ " until all rows and indexes are written again, which takes as much room once more.",
				rewrite(change.name(), Identifier.of(column.name()), column));
	}

	private static String rewrite(String table, String name, Column column) {
		String first = column.generated() ? "-- An ordinary column, with a trigger that fills it:\n" : "";
		String following = column.generated() ? "" : """
				-- For rows that are inserted from now on:
				ALTER TABLE %s ALTER COLUMN %s SET DEFAULT …;
				""".formatted(table, name);
		return first + "ALTER TABLE %s ADD COLUMN %s %s;\n".formatted(table, name, column.type()) + following + """
				-- Then, in a migration with "-- veza: transaction=off", in batches that commit, until no row is left:
				UPDATE %1$s SET %2$s = … WHERE ctid = ANY (ARRAY(
				    SELECT ctid FROM %1$s WHERE %2$s IS NULL LIMIT 1000));""".formatted(table, name);
	}

}
