package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for check constraints that were added and checked at once. When the table is
 * rewritten, its rows are checked on the way.
 */
final class CheckAdded implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.CHECK_SCANS_TABLE;
	}

	@Override
	public List<Text> look(TableChange change) {
		boolean scanned = change.effect().scans() > 0 && !change.rewritten() && change.lock().blocksWrites();
		return scanned ? change.addedConstraints("c")
			.stream()
			.filter(Constraint::validated)
			.map((constraint) -> text(change, constraint))
			.toList() : List.of();
	}

	private static Text text(TableChange change, Constraint constraint) {
		return new Text(
				"Constraint \"%s\" is added to \"%s\" and all rows are checked under %s.".formatted(constraint.name(),
						change.name(), LockWords.of(change.lock())),
				LockWords.waiting(change.lock()) + " until the last row is checked.",
				ValidatedLater.add(change.name(), constraint));
	}

}
