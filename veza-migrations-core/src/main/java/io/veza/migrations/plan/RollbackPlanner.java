package io.veza.migrations.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.sql.MigrationSection;

/**
 * A planner that decides which of the latest migrations are rolled back.
 */
public final class RollbackPlanner {

	/**
	 * Return the rows that a request rolls back, whose stored DOWNs planning needs.
	 * @param history the history of the database
	 * @param request the request
	 * @return the rows, the newest application first; empty if the history does not reach
	 * back as far as asked
	 */
	public List<AppliedMigration> select(MigrationHistory history, RollbackRequest request) {
		List<AppliedMigration> rows = history.applied();
		List<AppliedMigration> selected = new ArrayList<>(rows.subList(remaining(rows, request), rows.size()));
		Collections.reverse(selected);
		return List.copyOf(selected);
	}

	/**
	 * Decide what would run.
	 * @param migrations the files
	 * @param history the history of the database
	 * @param storedDowns the stored DOWNs of the selected rows that have one
	 * @param differingDowns the versions whose stored DOWN differs from that of the file
	 * @param request the request
	 * @return the plan, with every problem that was found
	 */
	public MigrationPlan plan(List<Migration> migrations, MigrationHistory history,
			Map<MigrationVersion, MigrationSection> storedDowns, Set<MigrationVersion> differingDowns,
			RollbackRequest request) {
		RollbackStepFinder downs = new RollbackStepFinder(new MigrationFileIndex(migrations), storedDowns,
				history.unfinished());
		List<AppliedMigration> selected = select(history, request);
		List<PlanStep> steps = selected.stream()
			.filter((row) -> !row.baseline())
			.map(downs::find)
			.flatMap(Optional::stream)
			.toList();
		RollbackPlanChecks checks = new RollbackPlanChecks(history, selected, steps);
		checks.checkAll(request);
		checks.checkStored(differingDowns);
		List<PlanStep> able = steps.stream().filter(checks::canRun).toList();
		return new MigrationPlan(MigrationOperation.ROLLBACK, segments(able), checks.warnings(), checks.problems());
	}

	/**
	 * Return the number of rows that a request leaves, counted from the oldest; all of
	 * them if it asks for what is not there.
	 */
	private static int remaining(List<AppliedMigration> rows, RollbackRequest request) {
		Integer count = request.count();
		if (count != null) {
			return (count <= rows.size()) ? rows.size() - count : rows.size();
		}
		List<MigrationVersion> versions = rows.stream().map(AppliedMigration::version).toList();
		int position = versions.indexOf(Objects.requireNonNull(request.to()));
		return (position >= 0) ? position + 1 : rows.size();
	}

	/**
	 * Return the steps so that neighbours that are transactional stand or fall together.
	 */
	private static List<PlanSegment> segments(List<PlanStep> steps) {
		List<PlanSegment> segments = new ArrayList<>();
		List<PlanStep> together = new ArrayList<>();
		for (PlanStep step : steps) {
			if (step.section().transactional()) {
				together.add(step);
				continue;
			}
			close(together, segments);
			segments.add(new PlanSegment(false, List.of(step)));
		}
		close(together, segments);
		return segments;
	}

	private static void close(List<PlanStep> together, List<PlanSegment> segments) {
		if (!together.isEmpty()) {
			segments.add(new PlanSegment(true, together));
			together.clear();
		}
	}

}
