package io.veza.migrations.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.BaselineRequest;
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.MigrateRequest;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RepairRequest;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.RollbackRequest;
import io.veza.migrations.plan.BaselinePlanner;
import io.veza.migrations.plan.MigratePlanner;
import io.veza.migrations.plan.RehearsalChecks;
import io.veza.migrations.plan.RepairPlanner;
import io.veza.migrations.plan.RollbackPlanner;
import io.veza.migrations.source.MigrationSource;

/**
 * Brings what a session and the source know before the planners, which know neither.
 */
final class Planning {

	private final MigratorOptions options;

	private final MigrationSource source;

	private final Supplier<List<KnownRehearsal>> rehearsals;

	private final MigratePlanner migratePlanner;

	private final RollbackPlanner rollbackPlanner = new RollbackPlanner();

	private final RepairPlanner repairPlanner = new RepairPlanner();

	private final BaselinePlanner baselinePlanner = new BaselinePlanner();

	Planning(MigratorOptions options, MigrationSource source, Supplier<List<KnownRehearsal>> rehearsals) {
		this.options = options;
		this.source = source;
		this.rehearsals = rehearsals;
		this.migratePlanner = new MigratePlanner(options.outOfOrderAllowed(), options.singleTransaction());
	}

	/**
	 * Plan to apply what is pending after the baseline, if one is due.
	 * @param session the database
	 * @param migrations the files
	 * @param request what is asked
	 * @return the plan
	 */
	MigrationPlan migrate(MigrationSession session, List<Migration> migrations, MigrateRequest request) {
		MigrationHistory history = session.history();
		Optional<MigrationPlan> baseline = dueBaseline(session, migrations, history);
		if (baseline.isEmpty()) {
			return withoutBaseline(session, history, this.migratePlanner.plan(migrations, history, request));
		}
		MigrationPlan plan = this.migratePlanner.plan(migrations, afterBaseline(baseline.get()), request);
		return withMore(plan, baseline.get().problems(), "The migrations up to the baseline \""
				+ this.options.baselineVersion() + "\" are recorded as applied without being run.");
	}

	private static MigrationPlan withoutBaseline(MigrationSession session, MigrationHistory history,
			MigrationPlan plan) {
		if (session.facts().schemaEmpty() || !history.isEmpty() || plan.isEmpty()) {
			return plan;
		}
		return withMore(plan, List.of(),
				"The schema \"" + session.historyLayout().schema()
						+ "\" is not empty and has no migration history: every migration is applied to what is there. "
						+ "If it already holds what some of them make, set veza.migrations.baseline-version.");
	}

	/**
	 * Plan the baseline that the configuration asks for: only an empty history of a
	 * schema that is not empty gets one.
	 * @param session the database
	 * @param migrations the files
	 * @return the plan, or empty if no baseline is due
	 */
	Optional<MigrationPlan> dueBaseline(MigrationSession session, List<Migration> migrations) {
		return (this.options.baselineVersion() != null) ? dueBaseline(session, migrations, session.history())
				: Optional.empty();
	}

	private Optional<MigrationPlan> dueBaseline(MigrationSession session, List<Migration> migrations,
			MigrationHistory history) {
		MigrationVersion version = this.options.baselineVersion();
		if (version == null || !history.isEmpty() || session.facts().schemaEmpty()) {
			return Optional.empty();
		}
		return Optional.of(this.baselinePlanner.plan(migrations, history,
				new BaselineRequest(version, RequestOrigin.APPLICATION)));
	}

	MigrationPlan rollback(MigrationSession session, List<Migration> migrations, RollbackRequest request) {
		MigrationHistory history = session.history();
		List<AppliedMigration> rows = this.rollbackPlanner.select(history, request);
		StoredDowns downs = new StoredDowns(session, migrations);
		Set<MigrationVersion> differing = downs.differences(rows.stream().filter(AppliedMigration::downStored).toList())
			.stream()
			.map((difference) -> difference.row().version())
			.collect(Collectors.toSet());
		MigrationPlan plan = this.rollbackPlanner.plan(migrations, history,
				downs.areOfThisApplication(history) ? Map.of() : storedDowns(session, rows), differing, request);
		return plan.isEmpty() ? plan
				: new RehearsalChecks(this.rehearsals.get()).rollback(plan, differing, request.force());
	}

	MigrationPlan repair(MigrationSession session, List<Migration> migrations, RepairRequest request) {
		return this.repairPlanner.plan(migrations, session.history(), request);
	}

	MigrationPlan baseline(MigrationSession session, List<Migration> migrations, BaselineRequest request) {
		return this.baselinePlanner.plan(migrations, session.history(), request);
	}

	/** The DOWNs that take precedence over those of the files of an older application. */
	private Map<MigrationVersion, MigrationSection> storedDowns(MigrationSession session, List<AppliedMigration> rows) {
		Map<MigrationVersion, MigrationSection> sections = new HashMap<>();
		rows.forEach((row) -> storedDown(session, row).ifPresent((sql) -> sections.put(row.version(),
				this.source.parseDown(sql, "stored DOWN of version \"" + row.version() + "\""))));
		return sections;
	}

	Optional<String> storedDown(MigrationSession session, AppliedMigration row) {
		try {
			return session.reader().storedDown(session.connection(), row);
		}
		catch (SQLException ex) {
			throw DatabaseFailures.translate(ex);
		}
	}

	private static MigrationHistory afterBaseline(MigrationPlan baseline) {
		List<AppliedMigration> rows = new ArrayList<>();
		for (PlanStep step : baseline.steps()) {
			Migration migration = step.migration();
			if (migration != null) {
				rows.add(new AppliedMigration(rows.size() + 1L, migration.version(), migration.description(), null,
						migration.checksum(), migration.upChecksum(), null, true, true, null));
			}
		}
		return new MigrationHistory(rows, List.of());
	}

	private static MigrationPlan withMore(MigrationPlan plan, List<PlanProblem> problems, String warning) {
		List<PlanProblem> allProblems = new ArrayList<>(problems);
		allProblems.addAll(plan.problems());
		List<String> warnings = new ArrayList<>(plan.warnings());
		warnings.add(warning);
		return new MigrationPlan(plan.operation(), plan.segments(), warnings, allProblems, plan.heldBack());
	}

}
