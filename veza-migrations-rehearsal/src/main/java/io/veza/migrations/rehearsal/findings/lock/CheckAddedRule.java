package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;

/**
 * The rule that finds check constraints that were added and checked at once. When the
 * table is rewritten, its rows are checked on the way.
 */
public final class CheckAddedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.CHECK_SCANS_TABLE;
	}

	@Override
	public List<Text> check(TableChange change) {
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
						change.name(), LockDescription.of(change.lock())),
				LockDescription.waiting(change.lock()) + " until the last row is checked.",
				ValidateLaterRewrite.add(change.name(), constraint));
	}

}
