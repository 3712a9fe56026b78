package io.veza.migrations.source.sections;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.format.MigrationFile;
import io.veza.migrations.source.format.MigrationFileFormat;
import io.veza.migrations.source.location.LocatedFile;

/**
 * The format in which each migration is one file named
 * {@code {version}_{description}.sql}, with an UP and a DOWN section.
 */
public final class SectionedMigrationFormat implements MigrationFileFormat {

	@Override
	public List<MigrationFile> recognize(Collection<LocatedFile> files, List<FileProblem> problems) {
		List<MigrationFile> result = new ArrayList<>();
		for (LocatedFile file : files.stream().sorted(Comparator.comparing(LocatedFile::path)).toList()) {
			MigrationFileName.parse(file.name())
				.ifPresentOrElse((name) -> result.add(new SectionedMigrationFile(file, name)),
						() -> problems.add(misnamed(file)));
			MigrationFileName.probablyMeant(file.name()).ifPresent((meant) -> problems.add(divided(file, meant)));
		}
		result.sort(Comparator.comparing(MigrationFile::version));
		return result;
	}

	private static FileProblem divided(LocatedFile file, String meant) {
		String version = file.name().substring(0, file.name().indexOf('_'));
		return FileProblem.of(file.path(),
				"The version of \"" + file.name() + "\" would be \"" + version
						+ "\", because it ends at the first underscore. Name the file \"" + meant
						+ "\", or begin its description with a letter.");
	}

	private static FileProblem misnamed(LocatedFile file) {
		return FileProblem.of(file.path(), "The name \"" + file.name()
				+ "\" is not that of a migration file. Name it {version}_{description}.sql, such as 001_create_users_table.sql, or move it out of the location.");
	}

}
