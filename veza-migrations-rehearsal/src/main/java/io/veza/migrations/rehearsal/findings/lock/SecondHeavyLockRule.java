package io.veza.migrations.rehearsal.findings;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.rehearsal.StatementEffect;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for statements that wait for a second table while a lock on a first one is held.
 * One statement that locks two, such as a foreign key, cannot be divided.
 */
final class SecondHeavyLock implements SectionRule {

	@Override
	public void look(SectionEffects section, Found found) {
		if (!section.transactional()) {
			return;
		}
		List<HeavyLock> held = new ArrayList<>();
		for (StatementEffect statement : section.statements()) {
			List<HeavyLock> taken = HeavyLock.of(section, statement);
			taken.stream()
				.filter((lock) -> !held.isEmpty() && !isHeld(lock, held))
				.findFirst()
				.ifPresent((lock) -> found.add(FindingCode.SECOND_HEAVY_LOCK, statement, lock.relation(),
						text(lock, held.get(0))));
			held.addAll(taken);
		}
	}

	private static boolean isHeld(HeavyLock lock, List<HeavyLock> held) {
		return held.stream().anyMatch((other) -> other.relation().equals(lock.relation()));
	}

	private static Text text(HeavyLock second, HeavyLock first) {
		return new Text(
				"The statement takes %s, while %s is held since line %d.".formatted(second.words(), first.words(),
						first.statement().line()),
				"Whoever waits for the first table also waits as long as this statement waits for the second one. Who uses both the other way round makes a deadlock.",
				"-- Move this statement to a migration of its own, which commits by itself.");
	}

}
