package io.veza.migrations.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import io.micrometer.observation.ObservationRegistry;
import io.veza.migrations.BackupMode;
import io.veza.migrations.BaselineRequest;
import io.veza.migrations.Cancellation;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.HistoryException;
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.LockNotObtainedException;
import io.veza.migrations.MigrateRequest;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationDetails;
import io.veza.migrations.MigrationEvent;
import io.veza.migrations.MigrationException;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationListener;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationReport.Outcome;
import io.veza.migrations.MigrationStatus;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PendingMigrationsException;
import io.veza.migrations.CatalogDifference;
import io.veza.migrations.PlanOutlook;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RepairRequest;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.RestoreFailedException;
import io.veza.migrations.RestoreRequest;
import io.veza.migrations.RollbackRequest;
import io.veza.migrations.RunningOperation;
import io.veza.migrations.backup.KeptOperation;
import io.veza.migrations.backup.PgDumpTarget;
import io.veza.migrations.execute.Interruption;
import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.SessionSettings;
import io.veza.migrations.history.CatalogComparison.Drift;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.lock.RunLock;
import io.veza.migrations.source.MigrationSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	private final Listeners listeners;

	private final Planning planning;

	private final StatusReader statusReader;

	private final OutlookReader outlookReader;

	private final RunMonitor monitor;

	private final Clock clock;

	private final Supplier<@Nullable PgDumpTarget> dumpTarget;

	private final RandomGenerator random = new SplittableRandom();

	private final Cancellation cancellation = new Cancellation();

	private final Interruption interruption = new Interruption();

	private final Canceller canceller;

	/**
	 * Create a new instance that knows no more of its database than its connections.
	 * @param source where the migrations come from
	 * @param dataSource where connections come from
	 * @param options how to work
	 * @param listeners are told what a run does, in this order
	 * @param observations where each migration is observed
	 * @param clock measures waiting and running
	 */
	public Migrator(MigrationSource source, DataSource dataSource, MigratorOptions options,
			List<MigrationListener> listeners, ObservationRegistry observations, Clock clock) {
		this(source, dataSource, options, listeners, observations, clock, () -> null, List::of);
	}

	/**
	 * Create a new instance.
	 * @param source where the migrations come from
	 * @param dataSource where connections come from
	 * @param options how to work
	 * @param listeners are told what a run does, in this order
	 * @param observations where each migration is observed
	 * @param clock measures waiting and running
	 * @param dumpTarget what {@code pg_dump} needs to know of the database, {@code null}
	 * for what a connection tells
	 * @param rehearsals what is known of the migrations from rehearsals before their
	 * release
	 */
	public Migrator(MigrationSource source, DataSource dataSource, MigratorOptions options,
			List<MigrationListener> listeners, ObservationRegistry observations, Clock clock,
			Supplier<@Nullable PgDumpTarget> dumpTarget, Supplier<List<KnownRehearsal>> rehearsals) {
		this.source = source;
		this.dataSource = dataSource;
		this.options = options;
		this.listeners = listeners(listeners, observations);
		this.planning = new Planning(options, source, rehearsals);
		this.outlookReader = new OutlookReader(options, rehearsals);
		this.statusReader = new StatusReader(source, this.planning, rehearsals);
		this.clock = clock;
		this.dumpTarget = dumpTarget;
		this.monitor = new RunMonitor(clock, this.cancellation);
		this.canceller = new Canceller(this.cancellation, this.interruption, this.monitor);
	}

	private static Listeners listeners(List<MigrationListener> listeners, ObservationRegistry observations) {
		List<MigrationListener> all = new ArrayList<>(List.of(new RunLog(), new MigrationObservations(observations)));
		all.addAll(listeners);
		return new Listeners(all);
	}

	/**
	 * Apply what is pending. With nothing pending there is no lock and no write.
	 * @param request what is asked
	 * @return what was done
	 * @throws io.veza.migrations.MigrationException if the files are invalid, the plan is
	 * refused, the database cannot be used or a migration failed
	 */
	public MigrationReport migrate(MigrateRequest request) {
		return this.monitor.run(MigrationOperation.MIGRATE, request.origin(), (operationId) -> {
			try (MigrationSession session = openForFiles()) {
				List<Migration> migrations = load(session);
				MigrationPlan plan = this.planning.migrate(session, migrations, request);
				this.outlookReader.requireSeen(session, plan, request.origin(), backup(session, null));
				boolean baselineDue = this.planning.dueBaseline(session, migrations).isPresent();
				if (plan.requireNoProblems().isEmpty() && !baselineDue) {
					logger.debug("Nothing is to be applied");
					return nothingToDo(operationId, withDriftAtStart(session, plan));
				}
				Optional<LockedRun> locked = lock(session, operationId, request.origin(), migrations,
						() -> isAllDone(session, migrations, request));
				if (locked.isEmpty()) {
					logger.info("Another run has left nothing to apply");
					return nothingToDo(operationId, this.planning.migrate(session, migrations, request));
				}
				try (LockedRun run = locked.get()) {
					MigrationPlan seen = this.planning.migrate(session, migrations, request);
					this.outlookReader.requireSeen(session, seen, request.origin(), backup(session, null));
					this.planning.dueBaseline(session, migrations).ifPresent((baseline) -> record(run, baseline));
					return run.execute(this.planning.migrate(session, migrations, request).requireNoProblems(),
							migrations);
				}
			}
		});
	}

	/**
	 * Take back the latest migrations.
	 * @param request which ones
	 * @return what was done
	 * @throws io.veza.migrations.MigrationException if the files are invalid, the plan is
	 * refused, the database cannot be used or a migration failed
	 */
	public MigrationReport rollback(RollbackRequest request) {
		return this.monitor.run(MigrationOperation.ROLLBACK, request.origin(), (operationId) -> {
			try (MigrationSession session = openForFiles()) {
				List<Migration> migrations = load(session);
				RollbackBackup backup = backup(session, request.backup());
				MigrationPlan plan = this.planning.rollback(session, migrations, request);
				this.outlookReader.requireSeen(session, plan, request.origin(), backup);
				if (plan.requireNoProblems().isEmpty()) {
					return nothingToDo(operationId, plan);
				}
				try (LockedRun run = lock(session, operationId, request.origin(), migrations)) {
					MigrationPlan current = this.planning.rollback(session, migrations, request);
					this.outlookReader.requireSeen(session, current, request.origin(), backup);
					this.outlookReader.requireSame(session, plan, current, backup);
					return run.execute(current.requireNoProblems(), migrations, backup);
				}
			}
		});
	}

	/**
	 * Settle what planning refuses.
	 * @param request which versions, and how
	 * @return what was done
	 * @throws io.veza.migrations.MigrationException if the files are invalid, the plan is
	 * refused or the database cannot be used
	 */
	public MigrationReport repair(RepairRequest request) {
		return this.monitor.run(MigrationOperation.REPAIR, request.origin(), (operationId) -> {
			try (MigrationSession session = openForFiles()) {
				List<Migration> migrations = load(session);
				this.planning.repair(session, migrations, request).requireNoProblems();
				try (LockedRun run = lock(session, operationId, request.origin(), migrations)) {
					MigrationPlan plan = this.planning.repair(session, migrations, request).requireNoProblems();
					RepairStatements repair = new RepairStatements(migrations, session.history(), run.writer());
					List<Outcome> settled = RepairStatements.versions(request)
						.stream()
						.map((version) -> new Outcome(version, repair.description(version), Duration.ZERO))
						.toList();
					return run.settle(plan, repair.statements(request), settled);
				}
			}
		});
	}

	/**
	 * Record the migrations up to a version as applied without running them.
	 * @param request up to which version
	 * @return what was done
	 * @throws io.veza.migrations.MigrationException if the files are invalid, the plan is
	 * refused or the database cannot be used
	 */
	public MigrationReport baseline(BaselineRequest request) {
		return this.monitor.run(MigrationOperation.BASELINE, request.origin(), (operationId) -> {
			try (MigrationSession session = openForFiles()) {
				List<Migration> migrations = load(session);
				this.planning.baseline(session, migrations, request).requireNoProblems();
				try (LockedRun run = lock(session, operationId, request.origin(), migrations)) {
					return record(run, this.planning.baseline(session, migrations, request));
				}
			}
		});
	}

	/**
	 * Bring back what a rollback destroyed, after its migrations were applied again.
	 * @param request which rollback
	 * @return what came back
	 * @throws io.veza.migrations.RestoreFailedException if it cannot come back
	 * @throws io.veza.migrations.MigrationException if the database cannot be used
	 */
	public MigrationReport restore(RestoreRequest request) {
		return this.monitor.run(MigrationOperation.RESTORE, request.origin(), (operationId) -> {
			try (MigrationSession session = openForFiles()) {
				List<Migration> migrations = load(session);
				KeptOperation kept = new RestorableBackups(this.options.backup().schema()).find(session, request);
				try (LockedRun run = lock(session, operationId, request.origin(), migrations)) {
					return run.restore(kept);
				}
			}
		});
	}

	/**
	 * Look what would be applied. Nothing is executed.
	 * @param request what is asked
	 * @return the plan, with the problems that would refuse it
	 * @throws io.veza.migrations.MigrationException if the files are invalid or the
	 * database cannot be used
	 */
	public MigrationPlan plan(MigrateRequest request) {
		try (MigrationSession session = openForFiles()) {
			List<Migration> migrations = load(session);
			return this.planning.migrate(session, migrations, request);
		}
	}

	/**
	 * Look what would be taken back. Nothing is executed.
	 * @param request what is asked
	 * @return the plan, with the problems that would refuse it
	 * @throws io.veza.migrations.MigrationException if the files are invalid or the
	 * database cannot be used
	 */
	public MigrationPlan plan(RollbackRequest request) {
		try (MigrationSession session = openForFiles()) {
			List<Migration> migrations = load(session);
			return this.planning.rollback(session, migrations, request);
		}
	}

	/**
	 * Look what would be applied, and what that would meet. Nothing is executed.
	 * @param request what is asked
	 * @return the plan with its token
	 * @throws io.veza.migrations.MigrationException if the files are invalid or the
	 * database cannot be used
	 */
	public PlanOutlook outlook(MigrateRequest request) {
		try (MigrationSession session = openForFiles()) {
			List<Migration> migrations = load(session);
			return this.outlookReader.read(session, this.planning.migrate(session, migrations, request),
					backup(session, null));
		}
	}

	/**
	 * Look what would be taken back, and what that would meet. Nothing is executed.
	 * @param request what is asked
	 * @return the plan with its token
	 * @throws io.veza.migrations.MigrationException if the files are invalid or the
	 * database cannot be used
	 */
	public PlanOutlook outlook(RollbackRequest request) {
		try (MigrationSession session = openForFiles()) {
			List<Migration> migrations = load(session);
			return this.outlookReader.read(session, this.planning.rollback(session, migrations, request),
					backup(session, request.backup()));
		}
	}

	/**
	 * Look what was done to the schema since the newest run. Nothing is written.
	 * @return what differs: {@code before} is how the run left it; empty if nothing is
	 * recorded, or another runner has been at work since
	 * @throws io.veza.migrations.MigrationException if the database cannot be used
	 */
	public Optional<List<CatalogDifference>> drift() {
		try (MigrationSession session = open()) {
			Drift drift = DriftLook.look(session);
			return drift.known() ? Optional.of(drift.differences()) : Optional.empty();
		}
	}

	/**
	 * Check that nothing is pending or held, and nothing is wrong. Nothing is written.
	 * @throws PendingMigrationsException if something is pending or held
	 * @throws io.veza.migrations.MigrationException if the files are invalid, the plan is
	 * refused or the database cannot be used
	 */
	public void validate() {
		MigrationPlan plan = plan(MigrateRequest.all()).requireNoProblems();
		if (!plan.isEmpty() || !plan.heldBack().isEmpty()) {
			throw new PendingMigrationsException(plan.pending(), plan.held());
		}
	}

	/**
	 * Return whether nothing is to be applied: what is held, and what waits behind it,
	 * does not count. Nothing is written.
	 * @return whether a run that releases nothing would find nothing to do
	 * @throws io.veza.migrations.MigrationException if the files are invalid, the plan is
	 * refused or the database cannot be used
	 */
	public boolean isUpToDate() {
		return plan(MigrateRequest.all()).requireNoProblems().isEmpty();
	}

	/**
	 * Return what was rolled back and is not applied again by itself. Nothing is written.
	 * @return how each of them was rolled back, in the order of the versions; none that
	 * this application has no file for
	 * @throws io.veza.migrations.MigrationException if the files are invalid or the
	 * database cannot be used
	 */
	public List<HeldMigration> held() {
		return plan(MigrateRequest.all()).held();
	}

	/**
	 * Return where the database stands: from memory, without a connection, while this
	 * process runs an operation.
	 * @return the status, with the problems that would refuse to migrate
	 * @throws io.veza.migrations.DatabaseUnreachableException if there is no connection
	 * to be had
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
	 * @throws io.veza.migrations.MigrationException if the files are invalid or the
	 * database cannot be used
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
	 * Ask the running operation to end early, and begin no other one. Returns at once.
	 * The statement that is running is cancelled on the server; what is done stays done
	 * and is recorded, so that the next run continues.
	 */
	public void cancel() {
		this.canceller.cancel();
	}

	/**
	 * Ask the running operation to end early, as {@link #cancel} does, and wait up to 20
	 * seconds until it has given back its lock and its connection.
	 */
	@Override
	public void close() {
		this.canceller.cancelAndWait(GRACE);
	}

	private MigrationPlan withDriftAtStart(MigrationSession session, MigrationPlan plan) {
		if (!this.options.verification().driftAtStart()) {
			return plan;
		}
		DriftLook look = new DriftLook(this.options.verification().drift());
		return look.with(plan, look.look(session, session.history())).requireNoProblems();
	}

	private RollbackBackup backup(MigrationSession session, @Nullable BackupMode mode) {
		return new RollbackBackup(session, this.options, mode, this.dumpTarget, this.clock);
	}

	/** What is wrong with the files is said also where there is no database. */
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

	/** What is applied as it is in its file was checked before it was applied. */
	private List<Migration> load(MigrationSession session) {
		return this.source.load(session.history().checkedFiles());
	}

	private boolean isAllDone(MigrationSession session, List<Migration> migrations, MigrateRequest request) {
		session.refresh();
		MigrationPlan plan = this.planning.migrate(session, migrations, request);
		return plan.problems().isEmpty() && plan.isEmpty() && this.planning.dueBaseline(session, migrations).isEmpty();
	}

	private LockedRun lock(MigrationSession session, UUID operationId, RequestOrigin origin,
			List<Migration> migrations) {
		return lock(session, operationId, origin, migrations, () -> false).orElseThrow();
	}

	private Optional<LockedRun> lock(MigrationSession session, UUID operationId, RequestOrigin origin,
			List<Migration> migrations, BooleanSupplier allDone) {
		if (session.facts().standby()) {
			throw new HistoryException("The server is a standby, which takes no writes.",
					"Connect to the primary, or use veza.migrations.mode=validate here.", null);
		}
		Exclusion exclusion = new Exclusion(this.options, this.dataSource, host(), this.clock, this.random,
				this.cancellation);
		Duration patience = origin.patient() ? this.options.lock().patience() : Duration.ZERO;
		LockedLook look = new LockedLook(session, this.options.tables().schema());
		try {
			Optional<RunLock.Held> held = exclusion.lock(session)
				.acquire(session.connection(),
						new RunWaiter(patience, allDone,
								(holder) -> this.monitor.waitingFor(holder,
										() -> new RunPicture(session.database(), migrations, session.history()))),
						look);
			this.monitor.waitingNoMore();
			return held.isPresent() ? Optional.of(locked(session, exclusion, held.get(), look, operationId, origin))
					: Optional.empty();
		}
		catch (LockNotObtainedException ex) {
			throw withOperator(session, ex);
		}
		catch (SQLException ex) {
			throw DatabaseFailures.translate(ex);
		}
	}

	/**
	 * PostgreSQL knows the session that holds the lock, the audit log who asked for it.
	 */
	private static LockNotObtainedException withOperator(MigrationSession session, LockNotObtainedException ex) {
		try {
			session.refresh();
			MigrationEvent last = session.reader().begunLast(session.connection()).orElse(null);
			return (last != null) ? new LockNotObtainedException(
					"%s It runs the %s of version \"%s\", requested by \"%s\", since %s.".formatted(ex.getMessage(),
							last.operation(), last.version(),
							(last.requestedBy() != null) ? last.requestedBy() : last.databaseUser(), last.occurredAt()),
					ex.holder(), last) : ex;
		}
		catch (SQLException | MigrationException failure) {
			logger.debug("The audit log could not be read", failure);
			return ex;
		}
	}

	private LockedRun locked(MigrationSession session, Exclusion exclusion, RunLock.Held held, LockedLook look,
			UUID operationId, RequestOrigin origin) throws SQLException {
		try {
			SessionSettings settings = look.settings();
			if (settings == null) {
				session.refresh();
				settings = exclusion.settings(session);
			}
			HistoryWriter writer = new HistoryWriter(session.historyLayout(), operationId, origin,
					new HistoryWriter.Writer(host(), this.options.application()), held.heldCondition());
			SeenBlockers blockers = new SeenBlockers(session.connection(), this.options.blockingQueriesShown(),
					this.monitor);
			RunLimits limits = new RunLimits(this.options.timeouts(), blockers, this.cancellation, this.interruption,
					this.clock, this.random, this.options.rowValuesRedacted());
			RunWatch watch = new RunWatch(this.dataSource, exclusion.process(session),
					this.options.blockingQueriesShown(), this.monitor, blockers, this.clock);
			return new LockedRun(session, held, operationId, writer, settings, limits, watch, this.monitor,
					this.listeners, this.options, origin);
		}
		catch (SQLException | RuntimeException ex) {
			if (!held.release()) {
				session.discard();
			}
			throw ex;
		}
	}

	private static MigrationReport record(LockedRun run, MigrationPlan baseline) {
		List<String> statements = new ArrayList<>();
		List<Outcome> settled = new ArrayList<>();
		for (PlanStep step : baseline.requireNoProblems().steps()) {
			Migration migration = step.migration();
			if (migration != null) {
				statements.add(run.writer().baseline(migration));
				statements.add(run.writer().settled(MigrationOperation.BASELINE, step.version()));
				settled.add(new Outcome(step.version(), step.description(), Duration.ZERO));
			}
		}
		return run.settle(baseline, statements, settled);
	}

	private static MigrationReport nothingToDo(UUID operationId, MigrationPlan plan) {
		plan.warnings().forEach(logger::warn);
		return new MigrationReport(operationId, plan.operation(), List.of(), null, List.of(), plan.warnings());
	}

	private static @Nullable String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
