package io.veza.migrations.rehearsal.findings.deployment;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.ColumnSwapRewrite;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;

/**
 * The rule that finds columns with another name, unless there is a column of the old name
 * at the end.
 */
public final class ColumnRenamedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.COLUMN_RENAMED;
	}

	@Override
	public List<Text> check(TableChange change) {
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
				ColumnSwapRewrite.rename(change, column, name));
	}

}
