package io.veza.migrations.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.InvalidMigrationsException.FileProblem;
import io.veza.migrations.Migration;

/**
 * A file whose name fits.
 *
 * @param file the file
 * @param name its name
 */
record MigrationFile(LocatedFile file, FileName name) {

	/**
	 * Return files in the order of their versions.
	 * @param files the files
	 * @param problems where to add those whose name does not fit
	 * @return the others
	 */
	static List<MigrationFile> sorted(Collection<LocatedFile> files, List<FileProblem> problems) {
		List<MigrationFile> result = new ArrayList<>();
		for (LocatedFile file : files.stream().sorted(Comparator.comparing(LocatedFile::path)).toList()) {
			FileName.parse(file.name())
				.ifPresentOrElse((name) -> result.add(new MigrationFile(file, name)),
						() -> problems.add(misnamed(file)));
		}
		result.sort(Comparator.comparing((file) -> file.name().version()));
		return result;
	}

	private static FileProblem misnamed(LocatedFile file) {
		return FileProblem.of(file.path(), "The name \"" + file.name()
				+ "\" is not that of a migration file. Name it {version}_{description}.sql, such as 001_create_users_table.sql, or move it out of the location.");
	}

	/**
	 * Return the problem that another file has the same version.
	 * @param other the other file
	 * @return the problem
	 */
	FileProblem sameVersionAs(LocatedFile other) {
		boolean samePath = other.path().equals(this.file.path());
		String named = samePath ? other.content().place() : other.path();
		String self = samePath ? this.file.content().place() : this.file.path();
		return FileProblem.of(this.file.path(), "\"" + self + "\" and \"" + named + "\" both have version \""
				+ this.name.version() + "\". Give one of them another version.");
	}

	/**
	 * Read the file.
	 * @param buffers the memory to read it in
	 * @param problems where to add what is wrong with it
	 * @return the migration, or empty if something is wrong
	 */
	Optional<Migration> parse(ParseBuffers buffers, List<FileProblem> problems) {
		FileProblems found = new FileProblems(this.file.path());
		ContentParser.Content content = new ContentParser(this.file.content(), found, buffers).parse();
		if (content == null) {
			problems.addAll(SourceLines.addTo(found, this.file.content()));
			return Optional.empty();
		}
		return Optional.of(new Migration(this.name.version(), this.name.description(), this.file.path(),
				content.checksum(), content.upChecksum(), content.downChecksum(), content.up(), content.down()));
	}

}
