package io.veza.migrations.plan;

import java.util.List;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.request.BaselineRequest;

/**
 * A planner that decides which migrations a baseline records as applied without running
 * them.
 */
public final class BaselinePlanner {

	/**
	 * Decide what would be recorded.
	 * @param migrations the files
	 * @param history the history of the database
	 * @param request the request
	 * @return the plan: one segment with a step for each file up to the version, since
	 * their history rows share a transaction
	 */
	public MigrationPlan plan(List<Migration> migrations, MigrationHistory history, BaselineRequest request) {
		MigrationFileIndex files = new MigrationFileIndex(migrations);
		List<PlanStep> steps = files.inOrder()
			.stream()
			.filter((file) -> !file.version().isNewerThan(request.version()))
			.map((file) -> PlanStep.up(file, null))
			.toList();
		return new MigrationPlan(MigrationOperation.BASELINE,
				steps.isEmpty() ? List.of() : List.of(new PlanSegment(true, steps)),
				steps.isEmpty() ? List.of()
						: List.of("Nothing of these migrations is run. They are recorded as applied, "
								+ "and no rollback goes further back than the last of them."),
				problems(files, history, request.version()));
	}

	private static List<PlanProblem> problems(MigrationFileIndex files, MigrationHistory history,
			MigrationVersion version) {
		PlanProblemCollector<PlanProblem> problems = new PlanProblemCollector<>();
		if (!history.applied().isEmpty()) {
			problems.add(new PlanProblem.BaselineOnHistory(version, history.applied().size()));
		}
		if (files.find(version) == null) {
			problems.add(version, new PlanProblem.UnknownTarget(version, MigrationOperation.BASELINE));
		}
		history.unfinished()
			.forEach((progress) -> problems.add(progress.version(),
					new PlanProblem.UnfinishedMigration(progress.version(), progress.operation(),
							"comes before a baseline: finish it with the application that began it")));
		return problems.toList();
	}

}
