package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for constraints that a transaction adds without looking at the rows, and then
 * looks at them after all.
 */
final class ValidatedAtOnce implements SectionRule {

	@Override
	public void look(SectionEffects section, Found found) {
		if (section.transactional()) {
			section.changes()
				.stream()
				.filter((change) -> !isPartOfAnother(change, section))
				.forEach((change) -> look(change, section, found));
		}
	}

	private static void look(TableChange change, SectionEffects section, Found found) {
		change.before()
			.constraints()
			.stream()
			.filter((constraint) -> !constraint.validated() && change.start().constraint(constraint.oid()).isEmpty())
			.flatMap((constraint) -> change.after().constraint(constraint.oid()).stream())
			.filter(Constraint::validated)
			.forEach((constraint) -> found.add(FindingCode.VALIDATED_IN_SAME_TRANSACTION, change.statement(),
					change.knownAs(), text(change, constraint, added(change, constraint, section))));
	}

	private static boolean isPartOfAnother(TableChange change, SectionEffects section) {
		String parent = Partitions.parent(change.effect());
		return section.changes(change.statement())
			.stream()
			.anyMatch((other) -> other.effect().relation().equals(parent));
	}

	private static int added(TableChange change, Constraint constraint, SectionEffects section) {
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
				ValidatedLater.add(change.name(), constraint));
	}

}
