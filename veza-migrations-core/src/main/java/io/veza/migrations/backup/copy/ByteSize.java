package io.veza.migrations.backup.copy;

import java.util.List;
import java.util.Locale;

/**
 * A number of bytes, as messages have it.
 *
 * @param bytes the number
 */
record ByteSize(long bytes) {

	private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB", "PB", "EB");

	private static final int STEP = 1024;

	@Override
	public String toString() {
		double value = this.bytes;
		int unit = 0;
		while (value >= STEP) {
			value /= STEP;
			unit++;
		}
		String number = (value == Math.rint(value)) ? "%.0f" : "%.1f";
		return String.format(Locale.ROOT, number, value) + " " + UNITS.get(unit);
	}

}
