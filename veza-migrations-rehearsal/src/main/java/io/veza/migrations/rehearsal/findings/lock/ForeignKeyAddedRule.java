package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds foreign keys that were added and checked at once. That of a column
 * that is added with it, and has no value yet, has nothing to check. Otherwise PostgreSQL
 * reads the table in ways that need not count as a scan.
 */
public final class ForeignKeyAddedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.FOREIGN_KEY_SCANS_TABLES;
	}

	@Override
	public List<Text> check(TableChange change) {
		return change.lock().blocksWrites() ? change.addedConstraints("f")
			.stream()
			.filter((constraint) -> constraint.validated() && !isOnEmptyColumns(change, constraint))
			.map((constraint) -> text(change, constraint))
			.toList() : List.of();
	}

	private static boolean isOnEmptyColumns(TableChange change, Constraint constraint) {
		return change.effect().scans() == 0
				&& constraint.columns().stream().allMatch((number) -> change.before().column(number).isEmpty());
	}

	private static Text text(TableChange change, Constraint constraint) {
		return new Text(
				"Foreign key \"%s\" from \"%s\" to \"%s\" is added and all rows are checked under %s on both tables."
					.formatted(constraint.name(), change.name(), constraint.referenced(),
							LockDescription.of(LockMode.SHARE_ROW_EXCLUSIVE)),
				"Whoever writes to one of the two tables waits until the last row is checked.",
				(change.effect().kind() == RelationKind.PARTITIONED_TABLE) ? partitioned(change, constraint)
						: ValidateLaterRewrite.add(change.name(), constraint));
	}

	/**
	 * Before PostgreSQL 18 a partitioned table takes no foreign key that is not valid.
	 */
	private static String partitioned(TableChange change, Constraint constraint) {
		return """
				-- For each partition:
				ALTER TABLE partition ADD CONSTRAINT %1$s %2$s NOT VALID;
				-- In a later migration, for each partition:
				ALTER TABLE partition VALIDATE CONSTRAINT %1$s;
				-- Last, which takes over what the partitions have and checks no row:
				-- veza: accept foreign-key-scans-tables <reason>
				ALTER TABLE %3$s ADD CONSTRAINT %1$s %2$s;"""
			.formatted(SqlQuoting.identifierIfNeeded(constraint.name()), constraint.definition(), change.name());
	}

}
