package io.veza.migrations.rehearsal.findings.lock;

import java.util.Comparator;
import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds tables that were rewritten because a column was added whose values
 * are not the same in all rows: those of a volatile default, an identity or a stored
 * expression. A column of a domain with a constraint does that, too. Of several columns
 * one that gets a value by itself is named.
 */
public final class FilledColumnAddedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.NEW_COLUMN_REWRITES_TABLE;
	}

	@Override
	public List<Text> check(TableChange change) {
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
					.formatted(column.name(), change.name(), LockDescription.of(change.lock())),
				LockDescription.waiting(change.lock())
						+ " until all rows and indexes are written again, which takes as much room once more.",
				rewrite(change.name(), SqlQuoting.identifierIfNeeded(column.name()), column));
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
