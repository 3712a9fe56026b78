package io.veza.migrations.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.CatalogDifference;
import io.veza.migrations.DataLoss;
import io.veza.migrations.LockRetry;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationException;
import io.veza.migrations.MigrationFailedException;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationListener;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationReport.Outcome;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.backup.InDatabaseRestore;
import io.veza.migrations.backup.KeptOperation;
import io.veza.migrations.backup.RestoredObject;
import io.veza.migrations.execute.HistoryTransaction;
import io.veza.migrations.execute.PlanExecutor;
import io.veza.migrations.execute.RunFence;
import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.SentStatement;
import io.veza.migrations.execute.SessionSettings;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepListener;
import io.veza.migrations.history.CatalogComparison;
import io.veza.migrations.history.CatalogComparison.Drift;
import io.veza.migrations.history.CatalogRecords;
import io.veza.migrations.history.HistoryInstaller;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.lock.RunLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run while it holds the lock: everything that writes to the database goes through
 * here.
 */
final class LockedRun implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LockedRun.class);

	/** How long nobody is told of migrations that are done, while others follow. */
	private static final Duration NEWS = Duration.ofSeconds(1);

	private final MigrationSession session;

	private final RunLock.Held lock;

	private final UUID operationId;

	private final HistoryWriter writer;

	private final SessionSettings settings;

	private final RunMonitor monitor;

	private final MigrationListener listener;

	private final RunLimits limits;

	private final RunWatch watch;

	private final Set<MigrationVersion> started = new HashSet<>();

	private final List<Outcome> done = new ArrayList<>();

	/** What is committed, but not told to anybody who wants to know how long it took. */
	private final List<PlanStep> untold = new ArrayList<>();

	private Instant told = Instant.MIN;

	private final List<String> warnings = new ArrayList<>();

	private final MigratorOptions options;

	private final RequestOrigin origin;

	private @Nullable RunCompanion companion;

	/** What was seen when the run ended in one round trip, null before that. */
	private RunEnd.@Nullable Seen seen;

	LockedRun(MigrationSession session, RunLock.Held lock, UUID operationId, HistoryWriter writer,
			SessionSettings settings, RunLimits limits, RunWatch watch, RunMonitor monitor, MigrationListener listener,
			MigratorOptions options, RequestOrigin origin) {
		this.session = session;
		this.lock = lock;
		this.operationId = operationId;
		this.writer = writer;
		this.settings = settings;
		this.limits = limits;
		this.watch = watch;
		this.monitor = monitor;
		this.listener = listener;
		this.options = options;
		this.origin = origin;
	}

	/**
	 * Run a plan, segment by segment.
	 * @param plan the plan, without problems
	 * @param migrations the files
	 * @return what was done
	 * @throws MigrationFailedException if a migration failed; it carries what was done
	 */
	MigrationReport execute(MigrationPlan plan, List<Migration> migrations) {
		return execute(plan, migrations, null);
	}

	/**
	 * Run a plan, segment by segment.
	 * @param plan the plan, without problems
	 * @param migrations the files
	 * @param backup keeps what a rollback destroys, {@code null} if nothing is taken back
	 * @return what was done
	 * @throws MigrationFailedException if a migration failed; it carries what was done
	 * @throws io.veza.migrations.BackupFailedException if something cannot be kept
	 */
	MigrationReport execute(MigrationPlan plan, List<Migration> migrations, @Nullable RollbackBackup backup) {
		if (plan.isEmpty()) {
			return report(plan, null);
		}
		completeExistingTables();
		MigrationHistory history = this.session.history();
		DriftLook look = new DriftLook(this.options.verification().drift());
		Drift drift = look.look(this.session, history);
		MigrationPlan known = look.with(plan, drift).requireNoProblems();
		List<String> preparation = preparation(plan, migrations, history, drift);
		this.monitor.working(new RunPicture(this.session.database(), migrations, history));
		this.listener.onRunStarted(known);
		this.watch.start();
		RunCompanion companion = new RunCompanion(this.session.records(), this.operationId, this.origin,
				plan.steps().size() <= RunCompanion.MAX_EACH, this.options.verification().abortOnDifference(), backup);
		this.companion = companion;
		PlanExecutor executor = new PlanExecutor(this.session.connection(), this.writer, this.settings, fence(),
				preparation, companion, this.limits, stepListener(plan));
		this.told = this.limits.clock().instant();
		boolean begun = false;
		try {
			requireRunnable(executor, plan);
			if (backup != null) {
				backup.before(plan, executor, this.limits.cancellation());
			}
			begun = true;
			executor.execute(plan.operation(), plan.segments());
		}
		catch (StepFailedException ex) {
			finished(plan.operation());
			record(known, executor, this.done.stream().map(Outcome::version).toList());
			leftBehind(known).forEach(this::warn);
			throw failed(known, ex);
		}
		catch (MigrationException ex) {
			finished(plan.operation());
			this.listener.onRunFinished(report(known, begun ? firstNotDone(plan) : null));
			throw ex;
		}
		record(known, executor, plan.steps().stream().map(PlanStep::version).toList());
		if (backup != null) {
			backup.expire(historyTransaction());
		}
		this.watch.close();
		this.seen = new RunEnd(this.session, this.settings, this.lock, this.operationId).conclude().orElse(null);
		finished(plan.operation());
		leftBehind(known).forEach(this::warn);
		MigrationReport report = report(known, null);
		this.listener.onRunFinished(report);
		return report;
	}

	/** Many migrations are recorded together; what they did is done all the same. */
	private void record(MigrationPlan plan, PlanExecutor executor, List<MigrationVersion> done) {
		if (plan.operation() != MigrationOperation.MIGRATE || plan.steps().size() <= RunCompanion.MAX_EACH
				|| done.isEmpty()) {
			return;
		}
		try {
			executor.write(this.session.records().record(this.operationId, done));
		}
		catch (MigrationException ex) {
			warn("What the migrations did could not be recorded, so that their rollback cannot be verified: "
					+ ex.getMessage());
		}
	}

	private List<String> leftBehind(MigrationPlan plan) {
		if (plan.operation() != MigrationOperation.MIGRATE || this.done.isEmpty()) {
			return List.of();
		}
		RunEnd.Seen seen = this.seen;
		try {
			List<CatalogDifference> left = (seen != null) ? seen.leftBehind()
					: new CatalogComparison(this.session.records()).leftBehind(this.session.connection(),
							this.operationId);
			return left.stream().map(LockedRun::describe).toList();
		}
		catch (SQLException ex) {
			logger.debug("What the migrations have left unusable could not be read", ex);
			return List.of();
		}
	}

	private void warn(String warning) {
		logger.warn(warning);
		this.warnings.add(warning);
	}

	private static String describe(CatalogDifference left) {
		return (left.relation() + ": " + left.kind() + " " + left.identity()) + (left.kind().equals("index")
				? " is INVALID: no query uses it, and every write maintains it. Drop it and build it again with REINDEX INDEX CONCURRENTLY."
				: " is NOT VALID: rows that were there before were not checked. Run ALTER TABLE … VALIDATE CONSTRAINT in a later migration.");
	}

	/**
	 * Write to the history without running any migration.
	 * @param plan the plan, without problems
	 * @param statements the SQL
	 * @param settled what is settled by it
	 * @return what was done
	 */
	MigrationReport settle(MigrationPlan plan, List<String> statements, List<Outcome> settled) {
		List<String> all = new ArrayList<>(installation());
		all.addAll(statements);
		this.listener.onRunStarted(plan);
		historyTransaction().run(all);
		this.session.refresh();
		MigrationReport report = new MigrationReport(this.operationId, plan.operation(), settled, null, List.of(),
				plan.warnings());
		this.listener.onRunFinished(report);
		return report;
	}

	/**
	 * Bring back what a rollback destroyed.
	 * @param kept the rollback
	 * @return what came back
	 * @throws io.veza.migrations.RestoreFailedException if it cannot come back
	 */
	MigrationReport restore(KeptOperation kept) {
		List<MigrationVersion> versions = kept.versions().stream().map(MigrationVersion::of).toList();
		MigrationPlan plan = new MigrationPlan(MigrationOperation.RESTORE, List.of(), List.of(), List.of());
		completeExistingTables();
		this.listener.onRunStarted(plan);
		String schema = this.options.backup().schema();
		try {
			List<RestoredObject> restored = historyTransaction().run(
					(connection) -> new InDatabaseRestore(schema).restore(connection, kept.id(), this.operationId,
							this.origin),
					(objects) -> versions.stream()
						.map((version) -> this.writer.settled(MigrationOperation.RESTORE, version))
						.toList());
			MigrationReport report = restored(kept, versions, restored, schema);
			this.listener.onRunFinished(report);
			return report;
		}
		catch (SQLException ex) {
			throw DatabaseFailures.translate(ex);
		}
	}

	private MigrationReport restored(KeptOperation kept, List<MigrationVersion> versions, List<RestoredObject> restored,
			String schema) {
		List<Outcome> outcomes = versions.stream()
			.map((version) -> new Outcome(version, "data of the rollback " + kept.id(), Duration.ZERO))
			.toList();
		List<String> warnings = restored.stream()
			.filter((object) -> object.kind() == DataLoss.Kind.COLUMNS && object.rows() < object.kept())
			.map((object) -> "Of " + object.kept() + " kept rows of " + object.name() + ", " + object.rows()
					+ " came back: the others are no longer in the table.")
			.toList();
		List<Backup.Kept> rows = restored.stream()
			.map((object) -> new Backup.Kept(
					new DataLoss(object.kind(), object.name(), List.of(), object.kept(), false), null, object.rows()))
			.toList();
		return new MigrationReport(this.operationId, MigrationOperation.RESTORE, outcomes, null, List.of(), warnings,
				new Backup(BackupMode.IN_DATABASE, schema, rows, kept.bytes(), null), null);
	}

	HistoryWriter writer() {
		return this.writer;
	}

	@Override
	public void close() {
		this.watch.close();
		if (this.seen != null) {
			return;
		}
		boolean restored = restored();
		// also of a connection that is gone: a lease would be kept alive from another one
		boolean released = this.lock.release();
		if (!restored || !released) {
			this.session.discard();
		}
	}

	private boolean restored() {
		try {
			this.settings.restore(this.session.connection());
			return true;
		}
		catch (SQLException ex) {
			logger.debug("The session could not be put back to where it was, so that it is closed", ex);
			return false;
		}
	}

	/**
	 * Columns are added to a table that is in use on their own: within the transaction of
	 * a migration its lock would keep every reader of the history waiting.
	 */
	private void completeExistingTables() {
		if (this.session.historyLayout().historyExists() && !this.session.historyLayout().complete()) {
			historyTransaction().run(installation());
			this.session.refresh();
		}
	}

	private void requireRunnable(PlanExecutor executor, MigrationPlan plan) throws StepFailedException {
		if (plan.segments().stream().anyMatch((segment) -> !segment.transactional())) {
			executor.check(plan.segments());
			this.lock.requireOutsideTransactions();
		}
	}

	private RunFence fence() {
		return new RunFence(this.lock.fence(), this.lock.renewal());
	}

	private HistoryTransaction historyTransaction() {
		return new HistoryTransaction(this.session.connection(), this.settings, fence(), this.limits);
	}

	/**
	 * What has to be there before anything is recorded, what older rows lack, and the
	 * DOWNs that were corrected in their files.
	 */
	private List<String> preparation(MigrationPlan plan, List<Migration> migrations, MigrationHistory history,
			Drift drift) {
		List<String> statements = new ArrayList<>(installation());
		history.applied()
			.stream()
			.filter((row) -> row.upChecksum() == null)
			.forEach((row) -> migrations.stream()
				.filter((file) -> file.version().equals(row.version()) && !row.differsFrom(file))
				.forEach((file) -> statements.add(this.writer.filled(row, file))));
		List<AppliedMigration> goes = plan.steps().stream().map(PlanStep::applied).flatMap(Stream::ofNullable).toList();
		new StoredDowns(this.session, migrations).outdated(history, goes)
			.forEach((down) -> statements
				.addAll(this.writer.refreshed(down.row(), down.file(), down.stored(), down.found())));
		if (drift.stale() && history.unfinished().isEmpty()) {
			statements.addAll(this.session.records().takeOver());
		}
		return statements;
	}

	private List<String> installation() {
		return new HistoryInstaller().statements(this.session.historyLayout(), this.session.facts().schemaExists());
	}

	private StepListener stepListener(MigrationPlan plan) {
		MigrationOperation operation = plan.operation();
		MigrationVersion last = plan.steps().get(plan.steps().size() - 1).version();
		return new StepListener() {

			@Override
			public void onStep(PlanStep step) {
				LockedRun.this.monitor.onStep(step);
				if (LockedRun.this.started.add(step.version())) {
					LockedRun.this.listener.onMigrationStarted(operation, step);
				}
			}

			@Override
			public void onSent(List<SentStatement> statements) {
				LockedRun.this.monitor.onSent(statements);
			}

			@Override
			public void onCommitted(List<PlanStep> steps) {
				LockedRun.this.monitor.onCommitted(steps);
				LockedRun.this.untold.addAll(steps);
				boolean ends = steps.get(steps.size() - 1).version().equals(last);
				if (!ends && (steps.size() == 1 || isNewsDue())) {
					finished(operation);
				}
			}

			@Override
			public void onLockRetry(PlanStep step, LockRetry retry) {
				LockedRun.this.monitor.onLockRetry(step, retry);
				LockedRun.this.listener.onLockRetry(operation, retry);
			}

		};
	}

	/**
	 * To know how long migrations took costs a round trip, which those that travel
	 * together share; the last ones are told of when the run has ended.
	 */
	private boolean isNewsDue() {
		return Duration.between(this.told, this.limits.clock().instant()).compareTo(NEWS) >= 0;
	}

	private void finished(MigrationOperation operation) {
		if (this.untold.isEmpty()) {
			return;
		}
		Map<MigrationVersion, Duration> durations = durations();
		for (PlanStep step : this.untold) {
			Outcome outcome = new Outcome(step.version(), step.description(),
					durations.getOrDefault(step.version(), Duration.ZERO));
			this.done.add(outcome);
			this.listener.onMigrationFinished(operation, outcome);
		}
		this.untold.clear();
		this.told = this.limits.clock().instant();
	}

	private @Nullable MigrationVersion firstNotDone(MigrationPlan plan) {
		return notDone(plan).findFirst().orElse(null);
	}

	private Stream<MigrationVersion> notDone(MigrationPlan plan) {
		Set<MigrationVersion> versions = this.done.stream().map(Outcome::version).collect(Collectors.toSet());
		return plan.steps().stream().map(PlanStep::version).filter((version) -> !versions.contains(version));
	}

	private Map<MigrationVersion, Duration> durations() {
		RunEnd.Seen seen = this.seen;
		if (seen != null) {
			return seen.durations();
		}
		try {
			return this.session.reader().durations(this.session.connection(), this.operationId);
		}
		catch (SQLException ex) {
			logger.debug("The durations could not be read", ex);
			return Map.of();
		}
	}

	private MigrationFailedException failed(MigrationPlan plan, StepFailedException ex) {
		MigrationReport report = report(plan, ex.step().version());
		MigrationFailedException failure = new MigrationFailedException(ex.state(), ex.failure(), report,
				ex.getCause());
		this.listener.onMigrationFailed(plan.operation(), failure);
		this.listener.onRunFinished(report);
		return failure;
	}

	private MigrationReport report(MigrationPlan plan, @Nullable MigrationVersion failed) {
		List<MigrationVersion> notTried = notDone(plan).filter((version) -> !version.equals(failed)).toList();
		List<String> all = new ArrayList<>(plan.warnings());
		all.addAll(this.warnings);
		RunCompanion companion = this.companion;
		return new MigrationReport(this.operationId, plan.operation(), this.done, failed, notTried, all,
				(companion != null) ? companion.backup() : null, (companion != null) ? companion.verification() : null);
	}

}
