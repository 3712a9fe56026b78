package io.veza.migrations.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * The pending files whose UP was applied as another version, which has no file here: they
 * were given another name, and must not run a second time.
 */
public final class RenamedMigrationFiles {

	private final Map<MigrationVersion, AppliedMigration> rows = new LinkedHashMap<>();

	private RenamedMigrationFiles() {
	}

	/**
	 * Find them. Of several equal files, the oldest one belongs to the row that was
	 * written first.
	 * @param states the state of every migration
	 * @return the renamed files
	 */
	public static RenamedMigrationFiles of(MigrationStates states) {
		List<AppliedMigration> withoutFile = new ArrayList<>();
		for (MigrationInfo info : states.applied()) {
			AppliedMigration row = info.applied();
			if (row != null && info.state() == MigrationState.MISSING) {
				withoutFile.add(row);
			}
		}
		RenamedMigrationFiles renamed = new RenamedMigrationFiles();
		for (MigrationInfo info : states.pending()) {
			Migration file = info.migration();
			if (file != null && info.progress() == null && !withoutFile.isEmpty()) {
				renamed.take(file, withoutFile);
			}
		}
		return renamed;
	}

	private void take(Migration file, List<AppliedMigration> withoutFile) {
		withoutFile.stream().filter((row) -> isOf(row, file)).findFirst().ifPresent((row) -> {
			this.rows.put(file.version(), row);
			withoutFile.remove(row);
		});
	}

	/** UPs without a statement are all alike. */
	private static boolean isOf(AppliedMigration row, Migration file) {
		boolean same = (row.upChecksum() != null) ? row.upChecksum().equals(file.upChecksum())
				: file.checksum().equals(row.checksum());
		return same && file.up().statementCount() > 0;
	}

	/**
	 * Return the row that a renamed file had under its earlier name.
	 * @param version the version of the file
	 * @return the row, or empty if the file is not a renamed one
	 */
	public Optional<AppliedMigration> find(@Nullable MigrationVersion version) {
		return Optional.ofNullable(this.rows.get(version));
	}

	/**
	 * Return the rows whose files were renamed.
	 * @return the rows
	 */
	Collection<AppliedMigration> rows() {
		return this.rows.values();
	}

}
