package io.veza.migrations.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.veza.migrations.BackupMode;
import io.veza.migrations.CancellationToken;
import io.veza.migrations.CatalogDifference;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.backup.KeptOperation;
import io.veza.migrations.backup.pgdump.PgDumpTarget;
import io.veza.migrations.engine.operation.MigrationContext;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.operation.OpenOperation;
import io.veza.migrations.engine.operation.RollbackDataBackup;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.outlook.MigrationPlanning;
import io.veza.migrations.engine.outlook.MigrationStatusReader;
import io.veza.migrations.engine.outlook.PlanOutlookReader;
import io.veza.migrations.engine.outlook.SchemaDriftCheck;
import io.veza.migrations.engine.watch.RunMonitor;
import io.veza.migrations.execute.StatementInterruption;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.PendingMigrationsException;
import io.veza.migrations.record.CatalogComparison.Drift;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RestoreRequest;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.status.MigrationDetails;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.PlanOutlook;
import io.veza.migrations.status.RunningOperation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static io.veza.migrations.failure.PlanRefusedException.requireNoProblems;

/**
 * Migrates a database, shows where it stands, and takes migrations back. Each operation
 * borrows one connection. {@link #migrate} is the map of the whole: read, load, plan,
 * lock, plan again, execute, report.
 *
 * @since 0.1.0
 */
public final class Migrator implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Migrator.class);

	/** Well below the 30 seconds that Spring's and Kubernetes' defaults leave. */
	private static final Duration GRACE = Duration.ofSeconds(20);

	private final MigrationSource source;

	private final DataSource dataSource;

	private final MigratorOptions options;

	private final MigrationListenerChain listeners;

	private final MigrationPlanning planning;

	private final MigrationStatusReader statusReader;

	private final PlanOutlookReader outlookReader;

	private final RunMonitor monitor;

	private final RunLockAcquisition locking;

	private final RunningOperationCanceller canceller;

	private final Clock clock;

	private final Supplier<@Nullable PgDumpTarget> dumpTarget;

	Migrator(MigratorBuilder builder) {
		CancellationToken cancellation = new CancellationToken();
		StatementInterruption interruption = new StatementInterruption();
		this.source = builder.source();
		this.dataSource = builder.dataSource();
		this.options = builder.options();
		this.listeners = builder.listenerChain();
		this.clock = builder.clock();
		this.dumpTarget = builder.dumpTarget();
		this.planning = new MigrationPlanning(this.options, this.source, builder.rehearsals());
		this.outlookReader = new PlanOutlookReader(this.options, builder.rehearsals());
		this.statusReader = new MigrationStatusReader(this.source, this.planning, builder.rehearsals());
		this.monitor = new RunMonitor(this.clock, cancellation);
		this.locking = new RunLockAcquisition(this.options, this.dataSource, this.monitor, cancellation, interruption,
				this.clock, new SplittableRandom());
		this.canceller = new RunningOperationCanceller(cancellation, interruption, this.monitor);
	}

	/**
	 * Begin to build a migrator.
	 * @param dataSource where connections to the database come from
	 * @return a builder with the defaults of an application that configures nothing
	 */
	public static MigratorBuilder builder(DataSource dataSource) {
		return new MigratorBuilder(dataSource);
	}

	/**
	 * Apply what is pending. With nothing pending there is no lock and no write.
	 * @param request what is asked
	 * @return what was done
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid, the
	 * plan is refused, the database cannot be used or a migration failed
	 */
	public MigrationReport migrate(MigrateRequest request) {
		return operate(MigrationOperation.MIGRATE, request.origin(), (operation) -> {
			MigrationPlan plan = seen(operation, this.planning.migrate(operation.context(), request), null);
			if (requireNoProblems(plan).isEmpty() && !this.planning.isBaselineDue(operation.session())) {
				logger.debug("Nothing is to be applied");
				return nothingToDo(operation, withDriftAtStart(operation, plan));
			}
			try (LockedRun run = this.locking.lockUnless(() -> isAllDone(operation, request), operation)) {
				if (run == null) {
					logger.info("Another run has left nothing to apply");
					return nothingToDo(operation, this.planning.migrate(operation.context(), request));
				}
				MigrationPlan current = requireNoProblems(
						seen(operation, this.planning.migrate(operation.context(), request), null));
				recordDueBaseline(run);
				return execute(run, current, null);
			}
		});
	}

	/**
	 * Take back the latest migrations.
	 * @param request which ones
	 * @return what was done
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid, the
	 * plan is refused, the database cannot be used or a migration failed
	 */
	public MigrationReport rollback(RollbackRequest request) {
		return operate(MigrationOperation.ROLLBACK, request.origin(), (operation) -> {
			BackupMode mode = request.backup();
			MigrationPlan plan = seen(operation, this.planning.rollback(operation.context(), request), mode);
			if (requireNoProblems(plan).isEmpty()) {
				return nothingToDo(operation, plan);
			}
			try (LockedRun run = this.locking.lock(operation)) {
				MigrationPlan current = seen(operation, this.planning.rollback(operation.context(), request), mode);
				RollbackDataBackup backup = backup(operation.session(), mode);
				this.outlookReader.requireSame(operation.session(), plan, current, backup);
				return execute(run, requireNoProblems(current), backup);
			}
		});
	}

	/**
	 * Settle what planning refuses.
	 * @param request which versions, and how
	 * @return what was done
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid, the
	 * plan is refused or the database cannot be used
	 */
	public MigrationReport repair(RepairRequest request) {
		return operate(MigrationOperation.REPAIR, request.origin(), (operation) -> {
			requireNoProblems(this.planning.repair(operation.context(), request));
			try (LockedRun run = this.locking.lock(operation)) {
				MigrationPlan plan = requireNoProblems(this.planning.repair(operation.context(), request));
				return new HistorySettlementRun(run, this.listeners).repair(plan, request);
			}
		});
	}

	/**
	 * Record the migrations up to a version as applied without running them.
	 * @param request up to which version
	 * @return what was done
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid, the
	 * plan is refused or the database cannot be used
	 */
	public MigrationReport baseline(BaselineRequest request) {
		return operate(MigrationOperation.BASELINE, request.origin(), (operation) -> {
			requireNoProblems(this.planning.baseline(operation.context(), request));
			try (LockedRun run = this.locking.lock(operation)) {
				MigrationPlan plan = requireNoProblems(this.planning.baseline(operation.context(), request));
				return new HistorySettlementRun(run, this.listeners).baseline(plan);
			}
		});
	}

	/**
	 * Bring back what a rollback destroyed, after its migrations were applied again.
	 * @param request which rollback
	 * @return what came back
	 * @throws io.veza.migrations.failure.RestoreFailedException if it cannot come back
	 * @throws io.veza.migrations.failure.MigrationException if the database cannot be
	 * used
	 */
	public MigrationReport restore(RestoreRequest request) {
		String schema = this.options.backup().schema();
		return operate(MigrationOperation.RESTORE, request.origin(), (operation) -> {
			KeptOperation kept = new RestorableBackupFinder(schema).find(operation.session(), request);
			try (LockedRun run = this.locking.lock(operation)) {
				return new BackupRestoreRun(run, schema, this.listeners).restore(kept);
			}
		});
	}

	/**
	 * Look what would be applied. Nothing is executed.
	 * @param request what is asked
	 * @return the plan, with the problems that would refuse it
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid or
	 * the database cannot be used
	 */
	public MigrationPlan plan(MigrateRequest request) {
		try (MigrationSession session = openForFiles()) {
			return this.planning.migrate(load(session), request);
		}
	}

	/**
	 * Look what would be taken back. Nothing is executed.
	 * @param request what is asked
	 * @return the plan, with the problems that would refuse it
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid or
	 * the database cannot be used
	 */
	public MigrationPlan plan(RollbackRequest request) {
		try (MigrationSession session = openForFiles()) {
			return this.planning.rollback(load(session), request);
		}
	}

	/**
	 * Look what would be applied, and what that would meet. Nothing is executed.
	 * @param request what is asked
	 * @return the plan with its token
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid or
	 * the database cannot be used
	 */
	public PlanOutlook outlook(MigrateRequest request) {
		try (MigrationSession session = openForFiles()) {
			return this.outlookReader.read(session, this.planning.migrate(load(session), request),
					backup(session, null));
		}
	}

	/**
	 * Look what would be taken back, and what that would meet. Nothing is executed.
	 * @param request what is asked
	 * @return the plan with its token
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid or
	 * the database cannot be used
	 */
	public PlanOutlook outlook(RollbackRequest request) {
		try (MigrationSession session = openForFiles()) {
			return this.outlookReader.read(session, this.planning.rollback(load(session), request),
					backup(session, request.backup()));
		}
	}

	/**
	 * Look what was done to the schema since the newest run. Nothing is written.
	 * @return what differs: {@code before} is how the run left it; empty if nothing is
	 * recorded, or another runner has been at work since
	 * @throws io.veza.migrations.failure.MigrationException if the database cannot be
	 * used
	 */
	public Optional<List<CatalogDifference>> drift() {
		try (MigrationSession session = open()) {
			Drift drift = SchemaDriftCheck.read(session);
			return drift.known() ? Optional.of(drift.differences()) : Optional.empty();
		}
	}

	/**
	 * Check that nothing is pending or held, and nothing is wrong. Nothing is written.
	 * @throws PendingMigrationsException if something is pending or held
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid, the
	 * plan is refused or the database cannot be used
	 */
	public void validate() {
		MigrationPlan plan = requireNoProblems(plan(MigrateRequest.all()));
		if (!plan.isEmpty() || !plan.heldBack().isEmpty()) {
			throw new PendingMigrationsException(plan.pending(), plan.held());
		}
	}

	/**
	 * Return whether nothing is to be applied: what is held, and what waits behind it,
	 * does not count. Nothing is written.
	 * @return whether a run that releases nothing would find nothing to do
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid, the
	 * plan is refused or the database cannot be used
	 */
	public boolean isUpToDate() {
		return requireNoProblems(plan(MigrateRequest.all())).isEmpty();
	}

	/**
	 * Return what was rolled back and is not applied again by itself. Nothing is written.
	 * @return how each of them was rolled back, in the order of the versions; none that
	 * this application has no file for
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid or
	 * the database cannot be used
	 */
	public List<HeldMigration> held() {
		return plan(MigrateRequest.all()).held();
	}

	/**
	 * Return where the database stands: from memory, without a connection, while this
	 * process runs an operation.
	 * @return the status, with the problems that would refuse to migrate
	 * @throws io.veza.migrations.failure.DatabaseUnreachableException if there is no
	 * connection to be had
	 */
	public MigrationStatus status() {
		return this.monitor.status(this::look);
	}

	private MigrationStatus look() {
		try (MigrationSession session = open()) {
			return this.statusReader.status(session, this.monitor.lastFailure());
		}
		catch (HistoryException ex) {
			return new MigrationStatus(null, MigrationStatus.State.INVALID, null, List.<MigrationInfo>of(), List.of(),
					List.of(String.valueOf(ex.getMessage())));
		}
	}

	/**
	 * Return all that is known of a version.
	 * @param version the version
	 * @return the details, or empty if it has neither a file nor a row
	 * @throws io.veza.migrations.failure.MigrationException if the files are invalid or
	 * the database cannot be used
	 */
	public Optional<MigrationDetails> details(MigrationVersion version) {
		try (MigrationSession session = open()) {
			return this.statusReader.details(session, version);
		}
	}

	/**
	 * Return what this process is doing right now, from memory.
	 * @return the operation, or empty if there is none
	 */
	public Optional<RunningOperation> running() {
		return this.monitor.running();
	}

	/**
	 * Ask the running operation to end early, and begin no other one for good. Returns at
	 * once. The statement that is running is cancelled on the server; what is done stays
	 * done and is recorded, so that the next run continues.
	 */
	public void requestClose() {
		this.canceller.cancel();
	}

	/**
	 * Ask the running operation to end early, as {@link #requestClose} does, and wait up
	 * to 20 seconds until it has given back its lock and its connection.
	 */
	@Override
	public void close() {
		this.canceller.cancelAndWait(GRACE);
	}

	private MigrationReport operate(MigrationOperation operation, RequestOrigin origin,
			Function<OpenOperation, MigrationReport> work) {
		return this.monitor.run(operation, origin, (id) -> {
			try (MigrationSession session = openForFiles()) {
				return work.apply(new OpenOperation(id, origin, load(session)));
			}
		});
	}

	/** Whoever has looked at a plan gets exactly that one, or none. */
	private MigrationPlan seen(OpenOperation operation, MigrationPlan plan, @Nullable BackupMode mode) {
		this.outlookReader.requireSeen(operation.session(), plan, operation.origin(),
				backup(operation.session(), mode));
		return plan;
	}

	private MigrationReport execute(LockedRun run, MigrationPlan plan, @Nullable RollbackDataBackup backup) {
		return new PlanRun(run, plan, backup, this.options.verification(), this.monitor, this.listeners).execute();
	}

	private void recordDueBaseline(LockedRun run) {
		this.planning.dueBaseline(run.operation().context())
			.ifPresent(
					(baseline) -> new HistorySettlementRun(run, this.listeners).baseline(requireNoProblems(baseline)));
	}

	private MigrationPlan withDriftAtStart(OpenOperation operation, MigrationPlan plan) {
		if (!this.options.verification().driftAtStart()) {
			return plan;
		}
		SchemaDriftCheck check = new SchemaDriftCheck(this.options.verification().drift());
		return requireNoProblems(check.addTo(plan, check.check(operation.session())));
	}

	private boolean isAllDone(OpenOperation operation, MigrateRequest request) {
		operation.session().refresh();
		MigrationPlan plan = this.planning.migrate(operation.context(), request);
		return plan.problems().isEmpty() && plan.isEmpty() && !this.planning.isBaselineDue(operation.session());
	}

	private static MigrationReport nothingToDo(OpenOperation operation, MigrationPlan plan) {
		plan.warnings().forEach(logger::warn);
		return new MigrationReport(operation.id(), plan.operation(), List.of(), null, List.of(), plan.warnings());
	}

	private RollbackDataBackup backup(MigrationSession session, @Nullable BackupMode mode) {
		return new RollbackDataBackup(session, this.options, mode, this.dumpTarget, this.clock);
	}

	/** Errors in the files are reported also where there is no database. */
	private MigrationSession openForFiles() {
		try {
			return open();
		}
		catch (MigrationException ex) {
			this.source.load();
			throw ex;
		}
	}

	private MigrationSession open() {
		return MigrationSession.open(this.dataSource, this.options);
	}

	/** A file that is applied as it stands was checked before it was applied. */
	private MigrationContext load(MigrationSession session) {
		return new MigrationContext(session, this.source.load(session.history().checkedFiles()));
	}

}
