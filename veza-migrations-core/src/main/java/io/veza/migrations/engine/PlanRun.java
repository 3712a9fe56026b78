package io.veza.migrations.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RunOutcome;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.operation.RollbackDataBackup;
import io.veza.migrations.engine.options.VerificationOptions;
import io.veza.migrations.engine.outlook.SchemaDriftCheck;
import io.veza.migrations.engine.watch.RunMonitor;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.run.PlanExecutor;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.record.CatalogComparison;
import io.veza.migrations.record.CatalogComparison.Drift;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static io.veza.migrations.failure.PlanRefusedException.requireNoProblems;

/**
 * A run of a plan under the lock: it checks for drift, runs the migrations, records what
 * they did, and reports.
 */
final class PlanRun {

	private static final Logger logger = LoggerFactory.getLogger(PlanRun.class);

	private final LockedRun run;

	private final MigrationPlan plan;

	private final @Nullable RollbackDataBackup backup;

	private final MigrationListener listener;

	private final RunMonitor monitor;

	private final SchemaDriftCheck driftCheck;

	private final PlanRunProgress progress;

	private final PlanRunEvidence evidence;

	private final List<String> warnings = new ArrayList<>();

	/** Whether everything that comes before the first migration went well. */
	private boolean begun;

	private @Nullable MigrationVersion failed;

	/**
	 * Create a run.
	 * @param run holds the lock
	 * @param plan the plan, without problems
	 * @param backup keeps what a rollback destroys, {@code null} if nothing is taken back
	 * @param verification how the schema is compared with what is recorded of it
	 * @param monitor is told how far the run is
	 * @param listener is told what the run does
	 */
	PlanRun(LockedRun run, MigrationPlan plan, @Nullable RollbackDataBackup backup, VerificationOptions verification,
			RunMonitor monitor, MigrationListener listener) {
		this.run = run;
		this.plan = plan;
		this.backup = backup;
		this.listener = listener;
		this.monitor = monitor;
		this.driftCheck = new SchemaDriftCheck(verification.drift());
		this.progress = new PlanRunProgress(plan, monitor, listener, this::readDurations, run.limits().clock());
		this.evidence = new PlanRunEvidence(run.operation(), plan, verification.abortOnDifference(), backup);
	}

	/**
	 * Run the plan.
	 * @return what was done
	 * @throws MigrationFailedException if a migration failed; it carries what was done
	 * @throws MigrationException if the run cannot begin, or cannot go on
	 */
	MigrationReport execute() {
		if (this.plan.isEmpty()) {
			this.warnings.addAll(this.plan.warnings());
			return report(RunOutcome.SUCCESS);
		}
		this.run.completeExistingTables();
		Drift drift = this.driftCheck.check(this.run.session());
		MigrationPlan checked = requireNoProblems(this.driftCheck.addTo(this.plan, drift));
		this.warnings.addAll(checked.warnings());
		PlanExecutor executor = this.run.executor(this.run.preparation().statements(this.plan, drift), this.evidence,
				this.progress);
		this.monitor.working(this.run.operation().context().snapshot());
		return new RunLifecycle(this.listener).run(checked, () -> execute(executor), this::report);
	}

	private void execute(PlanExecutor executor) {
		this.run.watch().start();
		try {
			requireRunnable(executor);
			keepBeforeRollback(executor);
			this.begun = true;
			executor.execute(this.plan.operation(), this.plan.segments());
		}
		catch (StepFailedException ex) {
			endEarly(executor);
			throw failure(ex);
		}
		catch (MigrationException ex) {
			endEarly(executor);
			this.failed = this.begun ? this.progress.firstNotDone() : null;
			throw ex;
		}
		end(executor);
	}

	/** Statements that cannot run here are found before anything has run. */
	private void requireRunnable(PlanExecutor executor) throws StepFailedException {
		if (this.plan.segments().stream().anyMatch((segment) -> !segment.transactional())) {
			executor.check(this.plan.segments());
			this.run.requireLockOutsideTransactions();
		}
	}

	private void keepBeforeRollback(PlanExecutor executor) throws StepFailedException {
		if (this.backup != null) {
			this.backup.before(this.plan, executor, this.run.limits().cancellation());
		}
	}

	private void end(PlanExecutor executor) {
		recordTogether(executor, this.plan.steps().stream().map(PlanStep::version).toList());
		if (this.backup != null) {
			this.backup.expire(this.run.historyTransaction());
		}
		RunConclusion.Seen seen = this.run.conclude();
		if (seen != null) {
			this.progress.reportDone(seen.durations());
			warnOf(seen.leftBehind());
		}
		else {
			this.progress.reportDone();
			warnOf(readLeftBehind());
		}
	}

	/** The migrations before the one that failed are done all the same. */
	private void endEarly(PlanExecutor executor) {
		this.progress.reportDone();
		recordTogether(executor, this.progress.doneVersions());
		warnOf(readLeftBehind());
	}

	private MigrationFailedException failure(StepFailedException ex) {
		this.failed = ex.step().version();
		MigrationFailedException failure = new MigrationFailedException(ex.state(), ex.failure(),
				report(RunOutcome.FAILURE), ex.getCause());
		this.listener.onMigrationFailed(this.plan.operation(), failure);
		return failure;
	}

	/** Without a record, migrations are applied all the same. */
	private void recordTogether(PlanExecutor executor, List<MigrationVersion> done) {
		List<String> records = this.evidence.recordTogether(done);
		if (records.isEmpty()) {
			return;
		}
		try {
			executor.write(records);
		}
		catch (MigrationException ex) {
			warn("What the migrations did could not be recorded, so that their rollback cannot be verified: "
					+ ex.getMessage());
		}
	}

	private void warnOf(List<CatalogDifference> leftBehind) {
		if (this.plan.operation() == MigrationOperation.MIGRATE && !this.progress.done().isEmpty()) {
			UnfinishedObjectWarnings.warnings(leftBehind).forEach(this::warn);
		}
	}

	private void warn(String warning) {
		logger.warn(warning);
		this.warnings.add(warning);
	}

	private List<CatalogDifference> readLeftBehind() {
		MigrationSession session = this.run.session();
		try {
			return new CatalogComparison(session.records()).leftBehind(this.run.operation().id())
				.read(session.connection());
		}
		catch (SQLException ex) {
			logger.debug("Objects that the migrations have left unfinished could not be read", ex);
			return List.of();
		}
	}

	private Map<MigrationVersion, Duration> readDurations() {
		MigrationSession session = this.run.session();
		try {
			return session.reader().events().durations(this.run.operation().id()).read(session.connection());
		}
		catch (SQLException ex) {
			logger.debug("The durations could not be read", ex);
			return Map.of();
		}
	}

	private MigrationReport report(RunOutcome outcome) {
		return new MigrationReport(this.run.operation().id(), this.plan.operation(), outcome, this.progress.done(),
				this.failed, this.progress.notTried(this.failed), this.warnings, this.evidence.backup(),
				this.evidence.verification());
	}

}
