package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds columns that became {@code NOT NULL} and whose rows were all
 * checked. PostgreSQL does not look at the rows if a valid check constraint tells enough.
 * What a primary key does to its columns belongs to the key.
 */
public final class NotNullSetRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.NOT_NULL_SCANS_TABLE;
	}

	@Override
	public List<Text> check(TableChange change) {
		boolean scanned = change.effect().scans() > 0 && !change.rewritten() && change.lock().blocksWrites();
		return (scanned && change.addedConstraints("p").isEmpty()) ? change.before()
			.columns()
			.stream()
			.filter((column) -> !column.notNull())
			.flatMap((column) -> change.after().column(column.number()).stream())
			.filter(Column::notNull)
			.map((column) -> text(change, column.name()))
			.toList() : List.of();
	}

	private static Text text(TableChange change, String column) {
		return new Text(
				"Column \"%s\" of \"%s\" becomes NOT NULL and all rows are checked under %s.".formatted(column,
						change.name(), LockDescription.of(change.lock())),
				LockDescription.waiting(change.lock()) + " until the last row is checked.",
				"""
						ALTER TABLE %1$s ADD CONSTRAINT %3$s CHECK (%2$s IS NOT NULL) NOT VALID;
						-- In a later migration, under a lock that keeps no reader and no writer waiting:
						ALTER TABLE %1$s VALIDATE CONSTRAINT %3$s;
						-- In the one after that, which relies on the constraint and checks no row:
						ALTER TABLE %1$s ALTER COLUMN %2$s SET NOT NULL;
						ALTER TABLE %1$s DROP CONSTRAINT %3$s;""".formatted(change.name(),
						SqlQuoting.identifierIfNeeded(column),
						SqlQuoting.identifierIfNeeded(change.after().name() + "_" + column + "_present")));
	}

}
