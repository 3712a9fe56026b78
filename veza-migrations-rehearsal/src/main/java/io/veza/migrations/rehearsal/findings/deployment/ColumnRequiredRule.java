package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.RelationFacts;
import io.veza.migrations.rehearsal.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for columns that were added and, at the end, need a value that only who knows
 * them can give.
 */
final class ColumnRequired implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.COLUMN_REQUIRED;
	}

	@Override
	public List<Text> look(TableChange change) {
		return change.after()
			.columns()
			.stream()
			.filter((column) -> change.start().column(column.number()).isEmpty())
			.filter((column) -> needsValue(column) && !needsValue(change.before(), column))
			.filter((column) -> needsValue(change.end(), column))
			.map((column) -> text(change, column))
			.toList();
	}

	private static boolean needsValue(RelationFacts facts, Column column) {
		return facts.column(column.number()).filter(ColumnRequired::needsValue).isPresent();
	}

	private static boolean needsValue(Column column) {
		return column.notNull() && !column.filled();
	}

	private static Text text(TableChange change, Column column) {
		return new Text(
				"Column \"%s\" is added to \"%s\" as NOT NULL and without a default.".formatted(column.name(),
						change.name()),
				"The UP fails if the table has rows. The previous release, which runs beside the new one during a deployment and again after a rollback, cannot insert rows any more, because it does not know the column.",
				"""
						-- With a constant default, which rewrites no row:
						ALTER TABLE %1$s ADD COLUMN %2$s %3$s NOT NULL DEFAULT …;
						-- Or without NOT NULL, until all releases in use write it:
						ALTER TABLE %1$s ADD COLUMN %2$s %3$s;""".formatted(change.name(), Identifier.of(column.name()),
						column.type()));
	}

}
