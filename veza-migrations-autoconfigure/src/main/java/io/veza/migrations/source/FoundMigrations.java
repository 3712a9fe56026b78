package io.veza.migrations.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.Checksum;
import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.InvalidMigrationsException.FileProblem;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;

/**
 * The migration files that the locations hold, not yet checked.
 */
public final class FoundMigrations {

	private final List<MigrationFile> files;

	private final List<FileProblem> problems;

	private final Map<MigrationFile, Checksum> checksums;

	private FoundMigrations(List<MigrationFile> files, List<FileProblem> problems,
			Map<MigrationFile, Checksum> checksums) {
		this.files = files;
		this.problems = problems;
		this.checksums = checksums;
	}

	/**
	 * Create a new instance.
	 * @param files the files in the order of their versions
	 * @param problems what was wrong with others
	 * @param digested whether to read the checksums of the files
	 * @return the files
	 */
	static FoundMigrations of(List<MigrationFile> files, List<FileProblem> problems, boolean digested) {
		Map<MigrationFile, Checksum> checksums = new HashMap<>();
		if (digested) {
			ReadBuffers buffers = new ReadBuffers();
			files.forEach((file) -> file.digest(buffers).ifPresent((checksum) -> checksums.put(file, checksum)));
		}
		return new FoundMigrations(files, problems, checksums);
	}

	/**
	 * Check the files.
	 * @param applied the checksums of files that were applied, which were checked then
	 * @return the migrations in the order of their versions, each version once
	 * @throws InvalidMigrationsException with everything that is wrong
	 */
	public List<Migration> load(Set<Checksum> applied) {
		List<FileProblem> found = new ArrayList<>(this.problems);
		List<Migration> migrations = new ArrayList<>(this.files.size());
		Map<MigrationVersion, LocatedFile> versions = new HashMap<>();
		ParseBuffers buffers = new ParseBuffers();
		for (MigrationFile file : this.files) {
			LocatedFile other = versions.putIfAbsent(file.name().version(), file.file());
			if (other != null) {
				found.add(file.sameVersionAs(other));
			}
			Checksum checksum = this.checksums.get(file);
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

}
