package io.veza.migrations.backup.pgdump;

/**
 * Says how much a number of bytes is.
 */
final class PgDumpSize {

	private static final String[] UNITS = { "bytes", "kB", "MB", "GB", "TB" };

	private static final int STEP = 1024;

	private PgDumpSize() {
	}

	/**
	 * Return a size for people.
	 * @param bytes the size
	 * @return a number below 10240 with its unit, as PostgreSQL writes it
	 */
	static String text(long bytes) {
		long number = bytes;
		int unit = 0;
		while (number >= 10 * STEP && unit < UNITS.length - 1) {
			number = Math.round((double) number / STEP);
			unit++;
		}
		return number + " " + UNITS[unit];
	}

}
