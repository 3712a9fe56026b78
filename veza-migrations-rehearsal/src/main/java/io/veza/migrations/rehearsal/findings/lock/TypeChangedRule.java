package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for tables that were rewritten because a column got another type.
 */
final class TypeChanged implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.TYPE_CHANGE_REWRITES_TABLE;
	}

	@Override
	public List<Text> look(TableChange change) {
		return change.rewritten() ? change.retypedColumns().stream().map((column) -> text(change, column)).toList()
				: List.of();
	}

	private static Text text(TableChange change, Column column) {
		String type = change.after().column(column.number()).map(Column::type).orElse(column.type());
		return new Text(
				"Column \"%s\" of \"%s\" gets the type %s instead of %s, and the table is rewritten under %s."
					.formatted(column.name(), change.name(), type, column.type(), LockWords.of(change.lock())),
				LockWords.waiting(change.lock())
						+ " until all rows and indexes are written again, which takes as much room once more.",
				ColumnSwap.retype(change, column));
	}

}
