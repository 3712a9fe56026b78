package io.veza.migrations.plan;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanStep;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The checks that a plan to apply pending migrations has to pass.
 */
final class MigratePlanChecks {

	private final MigrationFileIndex files;

	private final MigrationStates states;

	private final MigrateRequest request;

	private final RenamedMigrationFiles renamed;

	private final List<MigrationInfo> heldBack;

	private final PlanProblemCollector<PlanProblem> problems = new PlanProblemCollector<>();

	private final PlanProblemCollector<String> warnings = new PlanProblemCollector<>();

	MigratePlanChecks(MigrationFileIndex files, MigrationStates states, MigrateRequest request) {
		this.files = files;
		this.states = states;
		this.request = request;
		this.renamed = RenamedMigrationFiles.of(states);
		this.heldBack = request.releaseHeld() ? List.of()
				: states.heldBack().stream().filter((info) -> isUpToTarget(info.version())).toList();
	}

	List<PlanProblem> problems() {
		return this.problems.toList();
	}

	List<String> warnings() {
		return this.warnings.toList();
	}

	/**
	 * Return the requested migrations that are left out, because they or older ones were
	 * rolled back.
	 * @return the pending migrations in the order of their versions
	 */
	List<MigrationInfo> heldBack() {
		return this.heldBack;
	}

	/**
	 * Return whether a pending migration would run: it is asked for and its file is here,
	 * and what was done of it can be resumed.
	 * @param info the pending migration
	 * @return whether it becomes a step of the plan
	 */
	boolean canRun(MigrationInfo info) {
		return isAskedFor(info) && info.migration() != null && obstacleTo(info) == null;
	}

	void checkAll(boolean outOfOrderAllowed) {
		checkFiles();
		checkTarget();
		this.states.applied().forEach(this::checkApplied);
		this.states.pending().forEach(this::checkRenamed);
		this.states.applied().forEach(this::checkUnfinished);
		this.states.pending().forEach(this::checkUnfinished);
		this.states.newestApplied().ifPresent((newest) -> checkOrder(newest, outOfOrderAllowed));
		this.states.pending().forEach(this::checkReleased);
		checkHeldBack();
	}

	void checkShareTransaction(List<PlanStep> steps) {
		List<MigrationVersion> unable = steps.stream()
			.filter((step) -> !step.section().transactional())
			.map(PlanStep::version)
			.toList();
		if (!unable.isEmpty()) {
			this.problems.add(unable.get(0), new PlanProblem.SingleTransaction(unable));
		}
	}

	private void checkFiles() {
		if (!this.files.isEmpty()) {
			return;
		}
		if (!this.states.applied().isEmpty()) {
			this.problems.add(new PlanProblem.NoFiles(this.states.applied().size()));
		}
		else if (this.states.pending().isEmpty()) {
			this.warnings.add("No migration file was found. Check veza.migrations.locations unless there is none yet.");
		}
	}

	private void checkTarget() {
		MigrationVersion to = this.request.to();
		if (to != null && this.files.find(to) == null && !isApplied(to)) {
			this.problems.add(to, new PlanProblem.UnknownTarget(to, MigrationOperation.MIGRATE));
		}
	}

	private void checkApplied(MigrationInfo info) {
		AppliedMigration row = info.applied();
		Migration file = info.migration();
		if (file == null) {
			boolean expected = this.files.isEmpty() || this.files.areOlderThan(info.version());
			if (!expected && (row == null || !this.renamed.rows().contains(row))) {
				this.problems.add(info.version(), new PlanProblem.MissingFile(info.version(), info.description()));
			}
			return;
		}
		Checksum applied = (row != null && row.differsFrom(file)) ? row.checksum() : null;
		if (applied != null) {
			this.problems.add(info.version(),
					new PlanProblem.ChangedFile(info.version(), file.file(), applied, file.checksum()));
		}
	}

	private void checkRenamed(MigrationInfo info) {
		Migration file = info.migration();
		if (file != null) {
			this.renamed.find(info.version())
				.ifPresent((row) -> this.problems.add(info.version(),
						new PlanProblem.RenamedFile(info.version(), file.file(), row.version(), row.description())));
		}
	}

	private void checkUnfinished(MigrationInfo info) {
		MigrationProgress progress = info.progress();
		if (progress == null) {
			return;
		}
		String obstacle = obstacleTo(info);
		if (this.files.areOlderThan(info.version())) {
			this.warnings.add(info.version(),
					"The " + noun(progress.operation()) + " of version \"" + info.version() + "\" ("
							+ info.description() + ") stopped half-way. "
							+ "It is newer than every file here and left to the application that has it.");
		}
		else if (obstacle != null) {
			this.problems.add(info.version(),
					new PlanProblem.UnfinishedMigration(info.version(), progress.operation(), obstacle));
		}
	}

	private void checkOrder(MigrationVersion newest, boolean allowed) {
		for (MigrationInfo info : this.states.pending()) {
			Migration file = info.migration();
			boolean renamedOnly = this.renamed.find(info.version()).isPresent();
			if (file == null || info.progress() != null || renamedOnly || !newest.isNewerThan(info.version())
					|| !isAskedFor(info)) {
				continue;
			}
			if (allowed) {
				this.warnings.add(info.version(), "\"" + file.file() + "\" is older than the newest applied version \""
						+ newest + "\". It is applied out of order, as veza.migrations.out-of-order allows.");
			}
			else {
				this.problems.add(info.version(), new PlanProblem.OutOfOrder(info.version(), file.file(), newest));
			}
		}
	}

	/**
	 * Return the obstacle to resuming an unfinished migration.
	 * @param info the migration
	 * @return the clause for the problem, {@code null} if it is not unfinished or can be
	 * resumed
	 */
	private static @Nullable String obstacleTo(MigrationInfo info) {
		MigrationProgress progress = info.progress();
		if (progress == null) {
			return null;
		}
		if (progress.operation() == MigrationOperation.ROLLBACK) {
			return "comes before any migration: roll back again to finish it";
		}
		if (info.applied() != null) {
			return "has a history row all the same, from another runner";
		}
		Migration file = info.migration();
		if (file == null) {
			return "has no file here: migrate with the application that has it";
		}
		return file.up().transactional()
				? "its file has become transactional since: bring back the file that it began with" : null;
	}

	private void checkReleased(MigrationInfo info) {
		HeldMigration held = info.held();
		if (held != null && isAskedFor(info)) {
			this.warnings.add(info.version(),
					name(info) + " " + held.storyOf(info.version())
							+ ". This plan applies it again, which releases it; "
							+ "a run that is not told to release it leaves it out, and every later one.");
		}
	}

	private void checkHeldBack() {
		if (this.heldBack.isEmpty()) {
			return;
		}
		MigrationInfo oldest = this.heldBack.get(0);
		String versions = this.heldBack.stream()
			.map((info) -> "\"" + info.version() + "\"")
			.collect(Collectors.joining(", "));
		this.warnings.add(oldest.version(),
				name(oldest) + " " + Objects.requireNonNull(oldest.held()).storyOf(oldest.version())
						+ ", so that it is held and every later one waits behind it. Not applied: " + versions
						+ ". Correct its UP, or release it with veza.migrations.release-held=true "
						+ "or with a POST migrate that has the token of its plan.");
	}

	private boolean isAskedFor(MigrationInfo info) {
		boolean waits = !this.heldBack.isEmpty() && !this.heldBack.get(0).version().isNewerThan(info.version());
		return isUpToTarget(info.version()) && !waits;
	}

	private boolean isUpToTarget(MigrationVersion version) {
		MigrationVersion to = this.request.to();
		return to == null || !version.isNewerThan(to);
	}

	private static String name(MigrationInfo info) {
		return "Version \"" + info.version() + "\" (" + info.description() + ")";
	}

	private boolean isApplied(MigrationVersion version) {
		return this.states.applied().stream().anyMatch((info) -> info.version().equals(version));
	}

	private static String noun(MigrationOperation operation) {
		return (operation == MigrationOperation.ROLLBACK) ? "rollback" : "migration";
	}

}
