package io.veza.migrations.rehearsal.findings.lock;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.ObservedSection;
import io.veza.migrations.rehearsal.findings.SectionRule;

/**
 * The rule that finds statements that read a whole table, or update or delete rows, while
 * a lock is held that an earlier statement took. Rows that the file itself inserts are
 * few, and a statement of which worse is said is not named again.
 */
public final class WorkUnderHeavyLockRule implements SectionRule {

	@Override
	public void check(ObservedSection section, FindingCollector found) {
		if (!section.transactional()) {
			return;
		}
		List<HeavyTableLock> held = new ArrayList<>();
		for (StatementEffect statement : section.statements()) {
			if (!held.isEmpty() && !found.hasLock(statement)) {
				statement.relations()
					.stream()
					.filter(WorkUnderHeavyLockRule::isWork)
					.findFirst()
					.ifPresent((effect) -> found.add(FindingCode.WORK_UNDER_HEAVY_LOCK, statement,
							section.knownAs(effect.relation()), text(effect, held.get(0))));
			}
			held.addAll(HeavyTableLock.of(section, statement));
		}
	}

	private static boolean isWork(RelationEffect effect) {
		boolean work = effect.scans() + effect.rowsUpdated() + effect.rowsDeleted() > 0;
		return work && effect.existed() && !effect.dropped();
	}

	private static Text text(RelationEffect effect, HeavyTableLock lock) {
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
