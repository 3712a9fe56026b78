package io.veza.migrations.backup.pgdump;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.backup.pgdump.PgDumpOptions.Format;

/**
 * The name of a file: {@code backup_20261122_221530_003.sql}, or with the newest and the
 * oldest of several versions {@code backup_20261122_221530_005-003.sql}.
 */
final class PgDumpFileName {

	/** The suffix of a file until it is complete. */
	static final String PARTIAL = ".partial";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

	private static final Pattern OURS = Pattern
		.compile("backup_\\d{8}_\\d{6}(_[\\d.]+(-[\\d.]+)?)?\\.(sql|dump)(\\.partial)?");

	/** File systems take 255 bytes. */
	private static final int LONGEST_VERSION = 90;

	private PgDumpFileName() {
	}

	static String of(ZonedDateTime time, List<MigrationVersion> versions, Format format) {
		return of(TIME.format(time), versions, format);
	}

	static String of(String time, List<MigrationVersion> versions, Format format) {
		StringBuilder name = new StringBuilder("backup_").append(time);
		if (!versions.isEmpty()) {
			name.append('_').append(cut(versions.get(0)));
		}
		if (versions.size() > 1) {
			name.append('-').append(cut(versions.get(versions.size() - 1)));
		}
		return name.append('.').append(format.extension()).toString();
	}

	/**
	 * Return whether a file was written by us, completely or not.
	 * @param name the name of the file
	 * @return whether it is one of ours
	 */
	static boolean isOurs(String name) {
		return OURS.matcher(name).matches();
	}

	private static String cut(MigrationVersion version) {
		String text = version.text();
		return text.substring(0, Math.min(text.length(), LONGEST_VERSION));
	}

}
