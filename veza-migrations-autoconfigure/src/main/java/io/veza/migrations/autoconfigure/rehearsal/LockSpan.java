package io.veza.migrations.autoconfigure.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.rehearsal.LockMode;
import io.veza.migrations.rehearsal.RehearsedSection;
import io.veza.migrations.rehearsal.StatementEffect;

/**
 * How long a lock is held on a table.
 *
 * @param lock the lock
 * @param from the statement that took it, from 0
 * @param to the statement after the last one during which it is held
 * @param line the line of the statement that took it
 * @param duration how long it is held, as far as the statements take it
 */
record LockSpan(LockMode lock, int from, int to, int line, Duration duration) {

	/**
	 * Return the locks of a section on tables that others use: each is held until a
	 * stronger one on the same table is taken, or the transaction ends.
	 * @param section the section
	 * @return the locks by table, in the order in which they were taken
	 */
	static Map<String, List<LockSpan>> of(RehearsedSection section) {
		Map<String, List<LockSpan>> spans = new LinkedHashMap<>();
		List<StatementEffect> statements = section.statements();
		for (SectionEffects.TakenLock taken : new SectionEffects(section).locks(LockMode.ROW_EXCLUSIVE)) {
			int from = statements.indexOf(taken.statement());
			int to = section.transactional() ? statements.size() : from + 1;
			List<LockSpan> ofTable = spans.computeIfAbsent(taken.relation().relation(), (name) -> new ArrayList<>());
			endLast(ofTable, from, statements);
			ofTable.add(between(statements, taken.relation().lock(), from, to));
		}
		return spans;
	}

	private static void endLast(List<LockSpan> spans, int end, List<StatementEffect> statements) {
		int last = spans.size() - 1;
		if (last >= 0 && spans.get(last).to() > end) {
			spans.set(last, between(statements, spans.get(last).lock(), spans.get(last).from(), end));
		}
	}

	private static LockSpan between(List<StatementEffect> statements, LockMode lock, int from, int to) {
		Duration duration = statements.subList(from, to)
			.stream()
			.map(StatementEffect::duration)
			.reduce(Duration.ZERO, Duration::plus);
		return new LockSpan(lock, from, to, statements.get(from).line(), duration);
	}

	/**
	 * Return the lock in words.
	 * @return the mode, since when, how long and who waits
	 */
	String describe() {
		String waiting = RehearsalWords.waiting(this.lock);
		return this.lock.words() + " from line " + this.line + " for " + RehearsalWords.duration(this.duration)
				+ (waiting.isEmpty() ? "" : ": " + waiting);
	}

}
