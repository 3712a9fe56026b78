package io.veza.migrations.source.sections;

import java.util.Optional;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.source.location.LocatedFile;

/**
 * The name of a migration file: {@code {version}_{description}.sql}.
 *
 * @param version the part before the first underscore
 * @param description the part behind it
 */
record MigrationFileName(MigrationVersion version, String description) {

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

}
