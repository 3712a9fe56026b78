package io.veza.migrations.rehearsal.findings.deployment;

import java.util.List;

import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds columns that are gone, even if another one has taken the name: what
 * was in it is gone as well.
 */
public final class ColumnDroppedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.COLUMN_DROPPED;
	}

	@Override
	public List<Text> check(TableChange change) {
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
					.formatted(change.name(), SqlQuoting.identifierIfNeeded(column)));
	}

}
