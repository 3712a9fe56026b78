package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for columns that are gone, even if another one has taken the name: what was in it
 * is gone as well.
 */
final class ColumnDropped implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.COLUMN_DROPPED;
	}

	@Override
	public List<Text> look(TableChange change) {
		return change.goneColumns()
			.stream()
			.flatMap((column) -> change.start().column(column.number()).stream())
			.map((column) -> text(change, column.name()))
			.toList();
	}

	private static Text text(TableChange change, String column) {
		return new Text("Column \"%s\" of \"%s\" is dropped.".formatted(column, change.name()),
				"The previous release, which runs beside the new one during a deployment and again after a rollback, fails wherever it reads or writes the column.",
				"""
						-- In a later release, when none in use reads or writes the column, not even by an entity that still has it:
						-- veza: accept column-dropped <reason>
						ALTER TABLE %s DROP COLUMN %s;"""
					.formatted(change.name(), Identifier.of(column)));
	}

}
