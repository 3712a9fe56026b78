package io.veza.migrations.engine.watch;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.plan.MigrationStates;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.RunningOperation;

/**
 * The files and the history as a run knew them when it began, with what it has done
 * since.
 *
 * @param database the database
 * @param migrations the files
 * @param history the history
 */
public record RunSnapshot(MigrationStatus.Database database, List<Migration> migrations, MigrationHistory history) {

	RunSnapshot after(List<PlanStep> steps, Clock clock) {
		List<AppliedMigration> applied = new ArrayList<>(this.history.applied());
		LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
		for (PlanStep step : steps) {
			AppliedMigration row = step.applied();
			Migration migration = step.migration();
			if (row != null) {
				applied.removeIf((other) -> other.id() == row.id());
			}
			else if (migration != null) {
				applied.add(new AppliedMigration(Long.MAX_VALUE, migration.version(), migration.description(), now,
						migration.checksum(), migration.upChecksum(), null, false, true, null));
			}
		}
		Set<MigrationVersion> done = steps.stream().map(PlanStep::version).collect(Collectors.toSet());
		return new RunSnapshot(this.database, this.migrations, new MigrationHistory(applied,
				this.history.unfinished().stream().filter((progress) -> !done.contains(progress.version())).toList(),
				this.history.held()));
	}

	MigrationStatus status(MigrationStatus.State state, RunningOperation running) {
		MigrationStates states = MigrationStates.of(this.migrations, this.history);
		return new MigrationStatus(this.database, state, running, withRunning(states.applied(), running),
				withRunning(states.pending(), running), List.of());
	}

	private static List<MigrationInfo> withRunning(List<MigrationInfo> infos, RunningOperation running) {
		return infos.stream()
			.map((info) -> info.version().equals(running.version())
					? new MigrationInfo(info.version(), info.description(), MigrationState.RUNNING, info.migration(),
							info.applied(), info.progress(), info.held())
					: info)
			.toList();
	}

}
