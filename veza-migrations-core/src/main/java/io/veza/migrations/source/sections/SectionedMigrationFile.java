package io.veza.migrations.source.sections;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.veza.migrations.Migration;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.format.MigrationFile;
import io.veza.migrations.source.location.LocatedFile;
import io.veza.migrations.source.sections.MigrationFileParser.ParsedFile;
import io.veza.migrations.source.text.FileParseBuffers;
import io.veza.migrations.source.text.FileProblemCollector;
import io.veza.migrations.source.text.FileReadBuffers;
import io.veza.migrations.source.text.NormalizedFileInput;
import io.veza.migrations.source.text.ProblemSourceLines;
import io.veza.migrations.sql.Checksum;

/**
 * A file with an UP and a DOWN section.
 *
 * @param file the file
 * @param name its name
 */
record SectionedMigrationFile(LocatedFile file, MigrationFileName name) implements MigrationFile {

	@Override
	public MigrationVersion version() {
		return this.name.version();
	}

	@Override
	public Optional<Checksum> digest(FileReadBuffers buffers) {
		try (NormalizedFileInput input = NormalizedFileInput.open(this.file.path(), this.file.content(), buffers)) {
			return Optional.of(input.checksum());
		}
		catch (UncheckedIOException ex) {
			// whoever parses it says what is wrong
			return Optional.empty();
		}
	}

	@Override
	public Optional<Migration> parse(FileParseBuffers buffers, List<FileProblem> problems) {
		return read(buffers, problems).map((parsed) -> migration(parsed.checksum(), parsed::content));
	}

	@Override
	public Migration unread(Checksum checksum) {
		return migration(checksum, () -> content(checksum));
	}

	private Migration migration(Checksum checksum, Supplier<Content> content) {
		return new Migration(this.name.version(), this.name.description(), this.file.path(), checksum, content);
	}

	private Content content(Checksum checksum) {
		List<FileProblem> problems = new ArrayList<>();
		ParsedFile parsed = read(new FileParseBuffers(), problems)
			.orElseThrow(() -> new InvalidMigrationsException(problems));
		if (!parsed.checksum().equals(checksum)) {
			throw new InvalidMigrationsException(List.of(FileProblem.of(this.file.path(),
					"The file was changed after it was found. Do not change migration files while they are in use.")));
		}
		return parsed.content();
	}

	private Optional<ParsedFile> read(FileParseBuffers buffers, List<FileProblem> problems) {
		FileProblemCollector found = new FileProblemCollector(this.file.path());
		ParsedFile parsed = new MigrationFileParser(this.file.content(), found, buffers).parse();
		if (parsed == null) {
			problems.addAll(ProblemSourceLines.addTo(found, this.file.content()));
		}
		return Optional.ofNullable(parsed);
	}

}
