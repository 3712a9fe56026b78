package io.veza.migrations.autoconfigure.rehearsal;

import java.util.List;
import java.util.Locale;

import io.veza.migrations.rehearsal.StatementEffect;

/**
 * Where the statements of a section stand on a line of time. Those that took next to no
 * time are wide enough to be seen.
 */
final class TimeScale {

	private static final double LEAST_SHARE = 0.03;

	/** Where each statement begins, and at last where the last one ends, in percent. */
	private final double[] borders;

	TimeScale(List<StatementEffect> statements) {
		int count = statements.size();
		double total = statements.stream().mapToDouble(TimeScale::nanos).sum();
		double least = Math.max(total * Math.min(LEAST_SHARE, 1.0 / (2 * Math.max(count, 1))), 1);
		this.borders = new double[count + 1];
		for (int i = 0; i < count; i++) {
			this.borders[i + 1] = this.borders[i] + Math.max(nanos(statements.get(i)), least);
		}
		double end = this.borders[count];
		for (int i = 1; i <= count; i++) {
			this.borders[i] = 100 * this.borders[i] / end;
		}
	}

	/**
	 * Return the style of a bar.
	 * @param from the first statement, from 0
	 * @param to the statement after the last one
	 * @return its place and width
	 */
	String style(int from, int to) {
		return String.format(Locale.ROOT, "left:%.2f%%;width:%.2f%%", this.borders[from],
				this.borders[to] - this.borders[from]);
	}

	private static double nanos(StatementEffect statement) {
		return statement.duration().toNanos();
	}

}
