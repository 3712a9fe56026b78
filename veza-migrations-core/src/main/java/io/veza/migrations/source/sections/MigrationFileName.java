package io.veza.migrations.source.sections;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.source.location.LocatedFile;

/**
 * The name of a migration file: {@code {version}_{description}.sql}.
 *
 * @param version the part before the first underscore
 * @param description the part behind it
 */
record MigrationFileName(MigrationVersion version, String description) {

	/** A date, with a time of day behind the underscore. */
	private static final Pattern DATE_AND_TIME = Pattern
		.compile("((?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))_(\\d{4}|\\d{6})_(.+)");

	/** A year or a month, with the rest of a date behind underscores. */
	private static final Pattern DIVIDED_DATE = Pattern
		.compile("((?:19|20)\\d\\d)_?(0[1-9]|1[0-2])_(0[1-9]|[12]\\d|3[01])(?:_(\\d{4}|\\d{6}))?_(.+)");

	/** Flyway's way to write {@code 1.2}, with its two underscores before the rest. */
	private static final Pattern UNDERSCORES_FOR_DOTS = Pattern.compile("(\\d+(?:_\\d+)+)__(.+)");

	/** Characters that the {@code name} column of the history table holds. */
	private static final int MAX_DESCRIPTION = 255;

	/**
	 * Return the parts of a file name.
	 * @param name the file name with its suffix
	 * @return the parts, or empty if the name does not fit
	 */
	static Optional<MigrationFileName> parse(String name) {
		int underscore = name.indexOf('_');
		if (underscore == -1 || !MigrationVersion.isVersion(name.substring(0, underscore))) {
			return Optional.empty();
		}
		String description = name.substring(underscore + 1, name.length() - LocatedFile.SUFFIX.length());
		int length = description.codePointCount(0, description.length());
		if (length == 0 || length > MAX_DESCRIPTION) {
			return Optional.empty();
		}
		return Optional.of(new MigrationFileName(MigrationVersion.of(name.substring(0, underscore)), description));
	}

	/**
	 * Return the name that was probably meant where an underscore stands within the
	 * version, so that only a part of it would be taken for the version.
	 * @param name the file name with its suffix
	 * @return the name with the whole version, or empty if nothing is suspicious
	 */
	static Optional<String> probablyMeant(String name) {
		Matcher dateAndTime = DATE_AND_TIME.matcher(name);
		if (dateAndTime.matches()) {
			return Optional.of(dateAndTime.group(1) + dateAndTime.group(2) + "_" + dateAndTime.group(3));
		}
		Matcher date = DIVIDED_DATE.matcher(name);
		if (date.matches()) {
			String time = (date.group(4) != null) ? date.group(4) : "";
			return Optional.of(date.group(1) + date.group(2) + date.group(3) + time + "_" + date.group(5));
		}
		Matcher underscores = UNDERSCORES_FOR_DOTS.matcher(name);
		return underscores.matches() ? Optional.of(underscores.group(1).replace('_', '.') + "_" + underscores.group(2))
				: Optional.empty();
	}

}
