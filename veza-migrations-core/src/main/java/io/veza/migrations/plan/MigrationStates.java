package io.veza.migrations.plan;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * The state of every migration, as files and history tell it. None of them is
 * {@link MigrationState#RUNNING}.
 *
 * @param applied the applied ones in the order of application
 * @param pending the others in the order of their versions, also those without a file
 * here that stopped half-way
 */
public record MigrationStates(List<MigrationInfo> applied, List<MigrationInfo> pending) {

	public MigrationStates {
		applied = List.copyOf(applied);
		pending = List.copyOf(pending);
	}

	/**
	 * Return the states of the migrations of an application in a database.
	 * @param migrations the files
	 * @param history the history of the database
	 * @return the states
	 */
	public static MigrationStates of(List<Migration> migrations, MigrationHistory history) {
		MigrationFileIndex files = new MigrationFileIndex(migrations);
		Map<MigrationVersion, MigrationProgress> unfinished = new HashMap<>();
		history.unfinished().forEach((progress) -> unfinished.put(progress.version(), progress));
		return new MigrationStates(applied(files, history, unfinished), pending(files, history, unfinished));
	}

	/**
	 * Return the applied migration with the newest version.
	 * @return the version, or empty if nothing is applied
	 */
	Optional<MigrationVersion> newestApplied() {
		return newest(this.applied.stream().map(MigrationInfo::version));
	}

	/**
	 * Return the migrations that are not applied until they are released: those that are
	 * held, and all that are newer than the oldest held one.
	 * @return the pending ones that are held back, in the order of their versions
	 */
	public List<MigrationInfo> heldBack() {
		return this.pending.stream().dropWhile((info) -> info.state() != MigrationState.HELD).toList();
	}

	private static List<MigrationInfo> applied(MigrationFileIndex files, MigrationHistory history,
			Map<MigrationVersion, MigrationProgress> unfinished) {
		return history.applied()
			.stream()
			.map((row) -> applied(row, files.find(row.version()), unfinished.get(row.version())))
			.toList();
	}

	private static MigrationInfo applied(AppliedMigration row, @Nullable Migration file,
			@Nullable MigrationProgress progress) {
		return new MigrationInfo(row.version(), row.description(), stateOf(row, file, progress), file, row, progress);
	}

	private static MigrationState stateOf(AppliedMigration row, @Nullable Migration file,
			@Nullable MigrationProgress progress) {
		if (progress != null) {
			return MigrationState.FAILED;
		}
		if (file == null) {
			return MigrationState.MISSING;
		}
		return row.differsFrom(file) ? MigrationState.CHANGED : MigrationState.APPLIED;
	}

	private static List<MigrationInfo> pending(MigrationFileIndex files, MigrationHistory history,
			Map<MigrationVersion, MigrationProgress> unfinished) {
		Set<MigrationVersion> applied = new HashSet<>();
		history.applied().forEach((row) -> applied.add(row.version()));
		MigrationVersion newest = newest(applied.stream()).orElse(null);
		Stream<MigrationInfo> here = files.inOrder()
			.stream()
			.filter((file) -> !applied.contains(file.version()))
			.map((file) -> pending(file, newest, unfinished.get(file.version()), holdOf(file, files, history)));
		Stream<MigrationInfo> elsewhere = unfinished.values()
			.stream()
			.filter((progress) -> files.find(progress.version()) == null && !applied.contains(progress.version()))
			.map(MigrationStates::withoutFile);
		return Stream.concat(here, elsewhere).sorted(Comparator.comparing(MigrationInfo::version)).toList();
	}

	/** A file that got another name since it was rolled back is still held. */
	private static Optional<HeldMigration> holdOf(Migration file, MigrationFileIndex files, MigrationHistory history) {
		return history.held()
			.stream()
			.filter((held) -> held.holds(file))
			.findFirst()
			.or(() -> history.held()
				.stream()
				.filter((held) -> files.find(held.version()) == null && held.hasUpOf(file))
				.findFirst());
	}

	private static MigrationInfo pending(Migration file, @Nullable MigrationVersion newest,
			@Nullable MigrationProgress progress, Optional<HeldMigration> held) {
		HeldMigration hold = (progress != null) ? null : held.orElse(null);
		MigrationState state = (hold != null) ? MigrationState.HELD : stateOf(file, newest, progress);
		return new MigrationInfo(file.version(), file.description(), state, file, null, progress, hold);
	}

	private static MigrationState stateOf(Migration file, @Nullable MigrationVersion newest,
			@Nullable MigrationProgress progress) {
		if (progress != null) {
			return MigrationState.FAILED;
		}
		boolean late = newest != null && newest.isNewerThan(file.version());
		return late ? MigrationState.OUT_OF_ORDER : MigrationState.PENDING;
	}

	private static MigrationInfo withoutFile(MigrationProgress progress) {
		return new MigrationInfo(progress.version(), progress.description(), MigrationState.FAILED, null, null,
				progress);
	}

	private static Optional<MigrationVersion> newest(Stream<MigrationVersion> versions) {
		return versions.max(Comparator.naturalOrder());
	}

}
