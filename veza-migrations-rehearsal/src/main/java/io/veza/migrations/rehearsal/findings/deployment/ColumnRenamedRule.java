package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.RelationFacts;
import io.veza.migrations.rehearsal.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for columns with another name, unless there is a column of the old name at the
 * end.
 */
final class ColumnRenamed implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.COLUMN_RENAMED;
	}

	@Override
	public List<Text> look(TableChange change) {
		return change.before()
			.columns()
			.stream()
			.filter((column) -> isKnown(column, change.start()) && !isThere(column.name(), change.end()))
			.flatMap((column) -> change.after()
				.column(column.number())
				.filter((now) -> !now.name().equals(column.name()))
				.map((now) -> text(change, column, now.name()))
				.stream())
			.toList();
	}

	private static boolean isKnown(Column column, RelationFacts start) {
		return start.column(column.number()).filter((known) -> known.name().equals(column.name())).isPresent();
	}

	private static boolean isThere(String name, RelationFacts facts) {
		return facts.columns().stream().anyMatch((column) -> column.name().equals(name));
	}

	private static Text text(TableChange change, Column column, String name) {
		return new Text("Column \"%s\" of \"%s\" is renamed to \"%s\".".formatted(column.name(), change.name(), name),
				"The previous release, which runs beside the new one during a deployment and again after a rollback, fails wherever it reads or writes the column.",
				ColumnSwap.rename(change, column, name));
	}

}
