package io.veza.migrations.engine.outlook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The DOWNs that are stored in a database, beside those of the files.
 */
public final class StoredDownComparison {

	private final MigrationSession session;

	private final Map<MigrationVersion, Migration> files = new HashMap<>();

	public StoredDownComparison(MigrationSession session, List<Migration> migrations) {
		this.session = session;
		migrations.forEach((migration) -> this.files.put(migration.version(), migration));
	}

	/**
	 * Return whether this application has every applied version. One that lacks one is
	 * older than the database, and its files may be older than what was reviewed and
	 * stored.
	 * @param history what the database says
	 * @return whether its files are the newest
	 */
	boolean areOfThisApplication(MigrationHistory history) {
		return history.applied().stream().allMatch((row) -> this.files.containsKey(row.version()));
	}

	/**
	 * Return what a run that has the lock stores anew.
	 * @param history what the database says
	 * @param goes the rows that the run removes
	 * @return the differences; none in an older application, and none of a row whose UP
	 * is another one
	 */
	public List<Difference> outdated(MigrationHistory history, List<AppliedMigration> goes) {
		if (!areOfThisApplication(history)) {
			return List.of();
		}
		Set<AppliedMigration> removed = new HashSet<>(goes);
		return differences(history.applied()
			.stream()
			.filter((row) -> row.upChecksum() != null && !removed.contains(row))
			.filter((row) -> !row.differsFrom(Objects.requireNonNull(this.files.get(row.version()))))
			.toList());
	}

	/**
	 * Return which stored DOWNs differ from those of the files, asking the server once.
	 * @param rows the rows to look at
	 * @return the differences in the order of the rows; none of a row without a file
	 */
	List<Difference> differences(List<AppliedMigration> rows) {
		Map<Long, Checksum> stored = this.session.storedDownChecksums(rows);
		List<Difference> differences = new ArrayList<>();
		for (AppliedMigration row : rows) {
			Migration file = this.files.get(row.version());
			Checksum before = stored.get(row.id());
			if (file != null && !file.downChecksum().equals(before)) {
				difference(row, file, before).ifPresent(differences::add);
			}
		}
		return differences;
	}

	/** A DOWN that is too large to be stored and is not stored is as it has to be. */
	private static Optional<Difference> difference(AppliedMigration row, Migration file, @Nullable Checksum stored) {
		boolean storable = file.down().script().text(HistoryWriter.MAX_STORED_DOWN).isPresent();
		return (stored != null || storable)
				? Optional.of(new Difference(row, file, stored, storable ? file.downChecksum() : null))
				: Optional.empty();
	}

	/**
	 * A DOWN that is stored otherwise than it is in its file.
	 *
	 * @param row the row
	 * @param file the file
	 * @param stored the checksum of what is stored, {@code null} if nothing is
	 * @param found the checksum of what would be stored, {@code null} if it is too large
	 */
	public record Difference(AppliedMigration row, Migration file, @Nullable Checksum stored,
			@Nullable Checksum found) {
	}

}
