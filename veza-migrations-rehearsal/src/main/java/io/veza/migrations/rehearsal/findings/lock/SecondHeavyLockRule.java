package io.veza.migrations.rehearsal.findings.lock;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.ObservedSection;
import io.veza.migrations.rehearsal.findings.SectionRule;

/**
 * The rule that finds statements that wait for a second table while a lock on a first one
 * is held. One statement that locks two, such as a foreign key, cannot be divided.
 */
public final class SecondHeavyLockRule implements SectionRule {

	@Override
	public void check(ObservedSection section, FindingCollector found) {
		if (!section.transactional()) {
			return;
		}
		List<HeavyTableLock> held = new ArrayList<>();
		for (StatementEffect statement : section.statements()) {
			List<HeavyTableLock> taken = HeavyTableLock.of(section, statement);
			taken.stream()
				.filter((lock) -> !held.isEmpty() && !isHeld(lock, held))
				.findFirst()
				.ifPresent((lock) -> found.add(FindingCode.SECOND_HEAVY_LOCK, statement, lock.relation(),
						text(lock, held.get(0))));
			held.addAll(taken);
		}
	}

	private static boolean isHeld(HeavyTableLock lock, List<HeavyTableLock> held) {
		return held.stream().anyMatch((other) -> other.relation().equals(lock.relation()));
	}

	private static Text text(HeavyTableLock second, HeavyTableLock first) {
		return new Text(
				"The statement takes %s, while %s is held since line %d.".formatted(second.words(), first.words(),
						first.statement().line()),
				"Whoever waits for the first table also waits as long as this statement waits for the second one. Who uses both the other way round makes a deadlock.",
				"-- Move this statement to a migration of its own, which commits by itself.");
	}

}
