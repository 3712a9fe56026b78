package io.veza.migrations.benchmarks.runner.report;

import java.util.Locale;

/**
 * Writes figures as readers want them.
 */
final class Figures {

	private static final double NANOS = 1_000_000;

	private Figures() {
	}

	static String whole(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	static String whole(double number) {
		return whole(Math.round(number));
	}

	static String kilobytes(long bytes) {
		return String.format(Locale.ROOT, "%,.1f", bytes / 1000.0);
	}

	static String megabytes(double bytes) {
		return String.format(Locale.ROOT, "%,.1f", bytes / 1_000_000);
	}

	/** Milliseconds, with as many digits as mean something. */
	static String millis(double nanos) {
		double millis = nanos / NANOS;
		return String.format(Locale.ROOT,
				(Math.abs(millis) < 10) ? "%.2f" : (Math.abs(millis) < 100) ? "%.1f" : "%,.0f", millis);
	}

	/** With one digit behind the point. */
	static String short1(double number) {
		return String.format(Locale.ROOT, "%,.1f", number);
	}

	static String ratio(double ratio) {
		return String.format(Locale.ROOT, "%.2f", ratio);
	}

}
