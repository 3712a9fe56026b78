package io.veza.migrations.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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

	/** The checksums of the files in their order; null where none could be read. */
	private final @Nullable Checksum[] checksums;

	private FoundMigrations(List<MigrationFile> files, List<FileProblem> problems, @Nullable Checksum[] checksums) {
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
		@Nullable Checksum[] checksums = new @Nullable Checksum[files.size()];
		if (digested) {
			ReadBuffers buffers = new ReadBuffers();
			Arrays.setAll(checksums, (i) -> files.get(i).digest(buffers).orElse(null));
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
		for (int i = 0; i < this.files.size(); i++) {
			MigrationFile file = this.files.get(i);
			LocatedFile other = versions.putIfAbsent(file.name().version(), file.file());
			if (other != null) {
				found.add(file.sameVersionAs(other));
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

}
