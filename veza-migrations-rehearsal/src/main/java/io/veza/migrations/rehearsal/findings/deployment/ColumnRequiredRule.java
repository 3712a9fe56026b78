package io.veza.migrations.rehearsal.findings.deployment;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds columns that were added and, at the end, need a value that only who
 * knows them can give.
 */
public final class ColumnRequiredRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.COLUMN_REQUIRED;
	}

	@Override
	public List<Text> check(TableChange change) {
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
		return facts.column(column.number()).filter(ColumnRequiredRule::needsValue).isPresent();
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
						ALTER TABLE %1$s ADD COLUMN %2$s %3$s;""".formatted(change.name(),
						SqlQuoting.identifierIfNeeded(column.name()), column.type()));
	}

}
