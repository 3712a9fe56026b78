package io.veza.migrations.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.format.MigrationFile;
import io.veza.migrations.source.text.FileParseBuffers;
import io.veza.migrations.source.text.FileReadBuffers;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The migration files found in the locations, which are not checked yet.
 */
final class DiscoveredMigrations {

	private final List<MigrationFile> files;

	private final List<FileProblem> problems;

	/** The checksums of the files in their order; null where none could be read. */
	private final @Nullable Checksum[] checksums;

	private DiscoveredMigrations(List<MigrationFile> files, List<FileProblem> problems,
			@Nullable Checksum[] checksums) {
		this.files = files;
		this.problems = problems;
		this.checksums = checksums;
	}

	/**
	 * Create a new instance.
	 * @param files the files in the order of their versions
	 * @param problems the problems of other files and locations
	 * @param digested whether to read the checksums of the files
	 * @return the files
	 */
	static DiscoveredMigrations of(List<MigrationFile> files, List<FileProblem> problems, boolean digested) {
		@Nullable Checksum[] checksums = new @Nullable Checksum[files.size()];
		if (digested) {
			FileReadBuffers buffers = new FileReadBuffers();
			Arrays.setAll(checksums, (i) -> files.get(i).digest(buffers).orElse(null));
		}
		return new DiscoveredMigrations(files, problems, checksums);
	}

	/**
	 * Check the files.
	 * @param applied the checksums of files that were applied, which were checked then
	 * @return the migrations in the order of their versions, each version once
	 * @throws InvalidMigrationsException with everything that is wrong
	 */
	List<Migration> load(Set<Checksum> applied) {
		List<FileProblem> found = new ArrayList<>(this.problems);
		List<Migration> migrations = new ArrayList<>(this.files.size());
		Map<MigrationVersion, MigrationFile> versions = new HashMap<>();
		FileParseBuffers buffers = new FileParseBuffers();
		for (int i = 0; i < this.files.size(); i++) {
			MigrationFile file = this.files.get(i);
			MigrationFile other = versions.putIfAbsent(file.version(), file);
			if (other != null) {
				found.add(sameVersion(file, other));
			}
			Checksum checksum = this.checksums[i];
			if (checksum != null && applied.contains(checksum)) {
				migrations.add(file.unread(checksum));
			}
			else {
				file.parse(buffers, found).ifPresent(migrations::add);
			}
		}
		if (!found.isEmpty()) {
			throw new InvalidMigrationsException(found);
		}
		return List.copyOf(migrations);
	}

	private static FileProblem sameVersion(MigrationFile file, MigrationFile other) {
		String path = file.file().path();
		boolean samePath = other.file().path().equals(path);
		String named = samePath ? other.file().content().place() : other.file().path();
		String self = samePath ? file.file().content().place() : path;
		FileReadBuffers buffers = new FileReadBuffers();
		Optional<Checksum> checksum = file.digest(buffers);
		boolean equal = checksum.isPresent() && checksum.equals(other.digest(buffers));
		return FileProblem.of(path,
				"\"" + self + "\" and \"" + named + "\" both have version \"" + file.version() + "\""
						+ (equal ? " and the same content. Remove one of them."
								: " and different content. Give one of them another version."));
	}

}
