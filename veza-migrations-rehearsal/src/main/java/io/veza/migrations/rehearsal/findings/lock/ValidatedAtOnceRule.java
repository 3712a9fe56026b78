package io.veza.migrations.rehearsal.findings.lock;

import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.ObservedSection;
import io.veza.migrations.rehearsal.findings.PartitionedEffects;
import io.veza.migrations.rehearsal.findings.SectionRule;
import io.veza.migrations.rehearsal.findings.TableChange;

/**
 * The rule that finds constraints that a transaction adds without looking at the rows,
 * and then looks at them after all.
 */
public final class ValidatedAtOnceRule implements SectionRule {

	@Override
	public void check(ObservedSection section, FindingCollector found) {
		if (section.transactional()) {
			section.changes()
				.stream()
				.filter((change) -> !isPartOfAnother(change, section))
				.forEach((change) -> check(change, section, found));
		}
	}

	private static void check(TableChange change, ObservedSection section, FindingCollector found) {
		change.before()
			.constraints()
			.stream()
			.filter((constraint) -> !constraint.validated() && change.start().constraint(constraint.oid()).isEmpty())
			.flatMap((constraint) -> change.after().constraint(constraint.oid()).stream())
			.filter(Constraint::validated)
			.forEach((constraint) -> found.add(FindingCode.VALIDATED_IN_SAME_TRANSACTION, change.statement(),
					change.knownAs(), text(change, constraint, added(change, constraint, section))));
	}

	private static boolean isPartOfAnother(TableChange change, ObservedSection section) {
		String parent = PartitionedEffects.parent(change.effect());
		return section.changes(change.statement())
			.stream()
			.anyMatch((other) -> other.effect().relation().equals(parent));
	}

	private static int added(TableChange change, Constraint constraint, ObservedSection section) {
		return section.changes()
			.stream()
			.filter((other) -> other.after().constraint(constraint.oid()).isPresent())
			.findFirst()
			.orElse(change)
			.statement()
			.line();
	}

	private static Text text(TableChange change, Constraint constraint, int line) {
		return new Text(
				"Constraint \"%s\" of \"%s\" is validated in the transaction that has added it in line %d."
					.formatted(constraint.name(), change.name(), line),
				"The lock under which it was added is held until the last row is checked, as if NOT VALID were not there.",
				ValidateLaterRewrite.add(change.name(), constraint));
	}

}
