package io.veza.migrations.plan;

import java.util.List;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Checksum;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanStep;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against applying pending migrations.
 */
final class MigrateChecks {

	private final MigrationFiles files;

	private final MigrationStates states;

	private final @Nullable MigrationVersion to;

	private final Findings<PlanProblem> problems = new Findings<>();

	private final Findings<String> warnings = new Findings<>();

	MigrateChecks(MigrationFiles files, MigrationStates states, @Nullable MigrationVersion to) {
		this.files = files;
		this.states = states;
		this.to = to;
	}

	List<PlanProblem> problems() {
		return this.problems.toList();
	}

	List<String> warnings() {
		return this.warnings.toList();
	}

	/**
	 * Return whether a pending migration would run: it is asked for and its file is here,
	 * and what was done of it can be resumed.
	 * @param info the pending migration
	 * @return whether it becomes a step of the plan
	 */
	boolean canRun(MigrationInfo info) {
		return isAskedFor(info.version()) && info.migration() != null && obstacleTo(info) == null;
	}

	void checkAll(boolean outOfOrderAllowed) {
		checkFiles();
		checkTarget();
		this.states.applied().forEach(this::checkApplied);
		this.states.applied().forEach(this::checkUnfinished);
		this.states.pending().forEach(this::checkUnfinished);
		this.states.newestApplied().ifPresent((newest) -> checkOrder(newest, outOfOrderAllowed));
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
		if (this.to != null && this.files.find(this.to) == null && !isApplied(this.to)) {
			this.problems.add(this.to, new PlanProblem.UnknownTarget(this.to, MigrationOperation.MIGRATE));
		}
	}

	private void checkApplied(MigrationInfo info) {
		AppliedMigration row = info.applied();
		Migration file = info.migration();
		if (file == null) {
			if (!this.files.isEmpty() && !this.files.areOlderThan(info.version())) {
				this.problems.add(info.version(), new PlanProblem.Missing(info.version(), info.description()));
			}
			return;
		}
		Checksum applied = (row != null && row.differsFrom(file)) ? row.checksum() : null;
		if (applied != null) {
			this.problems.add(info.version(),
					new PlanProblem.Changed(info.version(), file.file(), applied, file.checksum()));
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
					new PlanProblem.Unfinished(info.version(), progress.operation(), obstacle));
		}
	}

	private void checkOrder(MigrationVersion newest, boolean allowed) {
		for (MigrationInfo info : this.states.pending()) {
			Migration file = info.migration();
			if (file == null || info.state() != MigrationState.OUT_OF_ORDER || !isAskedFor(info.version())) {
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
	 * Return what keeps an unfinished migration from being resumed.
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

	private boolean isAskedFor(MigrationVersion version) {
		return this.to == null || !version.isNewerThan(this.to);
	}

	private boolean isApplied(MigrationVersion version) {
		return this.states.applied().stream().anyMatch((info) -> info.version().equals(version));
	}

	private static String noun(MigrationOperation operation) {
		return (operation == MigrationOperation.ROLLBACK) ? "rollback" : "migration";
	}

}
