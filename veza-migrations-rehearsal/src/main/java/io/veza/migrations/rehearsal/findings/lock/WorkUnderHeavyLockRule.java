package io.veza.migrations.rehearsal.findings;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.rehearsal.RelationEffect;
import io.veza.migrations.rehearsal.StatementEffect;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for statements that read a whole table, or update or delete rows, while a lock is
 * held that an earlier statement took. Rows that the file itself inserts are few, and a
 * statement of which worse is said is not named again.
 */
final class WorkUnderHeavyLock implements SectionRule {

	@Override
	public void look(SectionEffects section, Found found) {
		if (!section.transactional()) {
			return;
		}
		List<HeavyLock> held = new ArrayList<>();
		for (StatementEffect statement : section.statements()) {
			if (!held.isEmpty() && !found.hasLock(statement)) {
				statement.relations()
					.stream()
					.filter(WorkUnderHeavyLock::isWork)
					.findFirst()
					.ifPresent((effect) -> found.add(FindingCode.WORK_UNDER_HEAVY_LOCK, statement,
							section.knownAs(effect.relation()), text(effect, held.get(0))));
			}
			held.addAll(HeavyLock.of(section, statement));
		}
	}

	private static boolean isWork(RelationEffect effect) {
		boolean work = effect.scans() + effect.rowsUpdated() + effect.rowsDeleted() > 0;
		return work && effect.existed() && !HeavyLock.isDropped(effect);
	}

	private static Text text(RelationEffect effect, HeavyLock lock) {
		String verb = (effect.rowsUpdated() > 0) ? "updates rows of"
				: (effect.rowsDeleted() > 0) ? "deletes rows of" : "reads all rows of";
		return new Text(
				"The statement %s \"%s\", while %s is held since line %d.".formatted(verb, effect.relation(),
						lock.words(), lock.statement().line()),
				"Whoever waits for that lock waits until this work is done: the more rows, the longer.", """
						-- Move this statement to a migration of its own. For many rows, in batches that commit, with
						-- veza: transaction=off""");
	}

}
