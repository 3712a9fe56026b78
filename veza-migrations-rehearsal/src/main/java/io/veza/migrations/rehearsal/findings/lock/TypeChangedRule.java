package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.ColumnSwapRewrite;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;

/**
 * The rule that finds tables that were rewritten because a column got another type.
 */
public final class TypeChangedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.TYPE_CHANGE_REWRITES_TABLE;
	}

	@Override
	public List<Text> check(TableChange change) {
		return change.rewritten() ? change.retypedColumns().stream().map((column) -> text(change, column)).toList()
				: List.of();
	}

	private static Text text(TableChange change, Column column) {
		String type = change.after().column(column.number()).map(Column::type).orElse(column.type());
		return new Text(
				"Column \"%s\" of \"%s\" gets the type %s instead of %s, and the table is rewritten under %s."
					.formatted(column.name(), change.name(), type, column.type(), LockDescription.of(change.lock())),
				LockDescription.waiting(change.lock())
						+ " until all rows and indexes are written again, which takes as much room once more.",
				ColumnSwapRewrite.retype(change, column));
	}

}
