package io.veza.migrations.engine.outlook;

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
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.operation.DatabaseFailureTranslator;
import io.veza.migrations.engine.operation.MigrationContext;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.plan.BaselinePlanner;
import io.veza.migrations.plan.MigratePlanner;
import io.veza.migrations.plan.RehearsalPlanChecks;
import io.veza.migrations.plan.RepairPlanner;
import io.veza.migrations.plan.RollbackPlanner;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.sql.MigrationSection;

/**
 * Planning with a database: asks the session for what the planners, which do no I/O, have
 * to know.
 */
public final class MigrationPlanning {

	private final MigratorOptions options;

	private final MigrationSource source;

	private final Supplier<List<KnownRehearsal>> rehearsals;

	private final MigratePlanner migratePlanner;

	private final RollbackPlanner rollbackPlanner = new RollbackPlanner();

	private final RepairPlanner repairPlanner = new RepairPlanner();

	private final BaselinePlanner baselinePlanner = new BaselinePlanner();

	public MigrationPlanning(MigratorOptions options, MigrationSource source,
			Supplier<List<KnownRehearsal>> rehearsals) {
		this.options = options;
		this.source = source;
		this.rehearsals = rehearsals;
		this.migratePlanner = new MigratePlanner(options.planning().outOfOrderAllowed(),
				options.planning().singleTransaction());
	}

	/**
	 * Plan to apply what is pending after the baseline, if one is due.
	 * @param context the database and the files
	 * @param request what is asked
	 * @return the plan
	 */
	public MigrationPlan migrate(MigrationContext context, MigrateRequest request) {
		List<Migration> migrations = context.migrations();
		Optional<MigrationPlan> baseline = dueBaseline(context);
		if (baseline.isEmpty()) {
			return withoutBaseline(context.session(), this.migratePlanner.plan(migrations, context.history(), request));
		}
		return this.migratePlanner.plan(migrations, afterBaseline(baseline.get()), request)
			.withProblems(baseline.get().problems())
			.withWarning("The migrations up to the baseline \"" + this.options.planning().baselineVersion()
					+ "\" are recorded as applied without being run.");
	}

	private static MigrationPlan withoutBaseline(MigrationSession session, MigrationPlan plan) {
		if (session.facts().schemaEmpty() || !session.history().isEmpty() || plan.isEmpty()) {
			return plan;
		}
		return plan.withWarning("The schema \"" + session.historyLayout().schema()
				+ "\" is not empty and has no migration history: every migration is applied to what is there. "
				+ "If it already holds what some of them make, set veza.migrations.baseline-version.");
	}

	/**
	 * Return whether the configuration asks for a baseline: only an empty history of a
	 * schema that is not empty gets one.
	 * @param session the database
	 * @return whether one is due
	 */
	public boolean isBaselineDue(MigrationSession session) {
		return this.options.planning().baselineVersion() != null && session.history().isEmpty()
				&& !session.facts().schemaEmpty();
	}

	/**
	 * Plan the baseline that the configuration asks for.
	 * @param context the database and the files
	 * @return the plan, or empty if no baseline is due
	 */
	public Optional<MigrationPlan> dueBaseline(MigrationContext context) {
		MigrationVersion version = this.options.planning().baselineVersion();
		if (version == null || !isBaselineDue(context.session())) {
			return Optional.empty();
		}
		return Optional.of(baseline(context, new BaselineRequest(version, RequestOrigin.APPLICATION)));
	}

	public MigrationPlan rollback(MigrationContext context, RollbackRequest request) {
		MigrationSession session = context.session();
		List<Migration> migrations = context.migrations();
		MigrationHistory history = context.history();
		List<AppliedMigration> rows = this.rollbackPlanner.select(history, request);
		StoredDownComparison downs = new StoredDownComparison(session, migrations);
		Set<MigrationVersion> differing = downs.differences(rows.stream().filter(AppliedMigration::downStored).toList())
			.stream()
			.map((difference) -> difference.row().version())
			.collect(Collectors.toSet());
		MigrationPlan plan = this.rollbackPlanner.plan(migrations, history,
				downs.areOfThisApplication(history) ? Map.of() : storedDowns(session, rows), differing, request);
		return plan.isEmpty() ? plan
				: new RehearsalPlanChecks(this.rehearsals.get()).rollback(plan, differing, request.force());
	}

	public MigrationPlan repair(MigrationContext context, RepairRequest request) {
		return this.repairPlanner.plan(context.migrations(), context.history(), request);
	}

	public MigrationPlan baseline(MigrationContext context, BaselineRequest request) {
		return this.baselinePlanner.plan(context.migrations(), context.history(), request);
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
			return session.reader().storedDowns().text(row).read(session.connection());
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
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

}
