package io.veza.migrations.source;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.veza.migrations.Checksum;
import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.InvalidMigrationsException.FileProblem;
import io.veza.migrations.Migration;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.source.ContentParser.Parsed;

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
	 * Read the file as far as it takes to know its checksum.
	 * @param buffers the memory to read it in
	 * @return the checksum, empty if the file cannot be read
	 */
	Optional<Checksum> digest(ReadBuffers buffers) {
		try (FoldedInput input = FoldedInput.open(this.file.path(), this.file.content(), buffers)) {
			return Optional.of(input.checksum());
		}
		catch (UncheckedIOException ex) {
			// whoever parses it says what is wrong
			return Optional.empty();
		}
	}

	/**
	 * Read the file and check it.
	 * @param buffers the memory to read it in
	 * @param problems where to add what is wrong with it
	 * @return the migration, or empty if something is wrong
	 */
	Optional<Migration> parse(ParseBuffers buffers, List<FileProblem> problems) {
		return read(buffers, problems).map((parsed) -> migration(parsed.checksum(), parsed::content));
	}

	/**
	 * Return the migration without having checked the file.
	 * @param checksum the checksum of the file
	 * @return the migration, whose content is read when it is first asked for
	 */
	Migration unread(Checksum checksum) {
		return migration(checksum, () -> content(checksum));
	}

	private Migration migration(Checksum checksum, Supplier<Content> content) {
		return new Migration(this.name.version(), this.name.description(), this.file.path(), checksum, content);
	}

	private Content content(Checksum checksum) {
		List<FileProblem> problems = new ArrayList<>();
		Parsed parsed = read(new ParseBuffers(), problems).orElseThrow(() -> new InvalidMigrationsException(problems));
		if (!parsed.checksum().equals(checksum)) {
			throw new InvalidMigrationsException(List.of(FileProblem.of(this.file.path(),
					"The file was changed after it was found. Do not change migration files while they are in use.")));
		}
		return parsed.content();
	}

	private Optional<Parsed> read(ParseBuffers buffers, List<FileProblem> problems) {
		FileProblems found = new FileProblems(this.file.path());
		Parsed parsed = new ContentParser(this.file.content(), found, buffers).parse();
		if (parsed == null) {
			problems.addAll(SourceLines.addTo(found, this.file.content()));
		}
		return Optional.ofNullable(parsed);
	}

}
