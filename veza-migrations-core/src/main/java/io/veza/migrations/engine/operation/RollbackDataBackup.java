package io.veza.migrations.engine.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.CancellationToken;
import io.veza.migrations.DataLoss;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.backup.BackupCatalogue;
import io.veza.migrations.backup.BackupContext;
import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.backup.copy.InDatabaseBackup;
import io.veza.migrations.backup.copy.KeptData;
import io.veza.migrations.backup.loss.DataLossFinder;
import io.veza.migrations.backup.loss.DataSnapshot;
import io.veza.migrations.backup.loss.ObservedDataLosses;
import io.veza.migrations.backup.pgdump.PgDumpBackup;
import io.veza.migrations.backup.pgdump.PgDumpCheck;
import io.veza.migrations.backup.pgdump.PgDumpRequest;
import io.veza.migrations.backup.pgdump.PgDumpTarget;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepHooks.Trial;
import io.veza.migrations.execute.run.HistoryTransaction;
import io.veza.migrations.execute.run.PlanExecutor;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.request.RequestOrigin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a rollback destroys, as configured or as asked for. Without a backup there
 * is no rollback.
 */
public final class RollbackDataBackup {

	private static final Logger logger = LoggerFactory.getLogger(RollbackDataBackup.class);

	private static final String READ_COMMITTED = "read committed";

	private final MigrationSession session;

	private final BackupOptions options;

	private final BackupMode mode;

	private final Supplier<@Nullable PgDumpTarget> dumpTarget;

	private final @Nullable String role;

	private final Clock clock;

	private final DataLossFinder finder;

	private Backup backup;

	/** The data that the open transaction has copied, lost if it is rolled back. */
	private @Nullable KeptData open;

	public RollbackDataBackup(MigrationSession session, MigratorOptions options, @Nullable BackupMode mode,
			Supplier<@Nullable PgDumpTarget> dumpTarget, Clock clock) {
		this.session = session;
		this.options = options.backup();
		this.mode = (mode != null) ? mode : this.options.mode();
		this.dumpTarget = dumpTarget;
		this.role = options.session().role();
		this.clock = clock;
		this.finder = new DataLossFinder(session.ownTables(), this.options.schema());
		this.backup = Backup.nothing(this.mode);
	}

	public BackupMode mode() {
		return this.mode;
	}

	public Backup backup() {
		return this.backup;
	}

	/**
	 * Say what would be kept, and what is in the way of it.
	 * @param plan the rollback
	 * @param losses what it is expected to destroy
	 * @return a description
	 */
	public String describe(MigrationPlan plan, List<DataLoss> losses) {
		return switch (this.mode) {
			case NONE -> "Nothing is kept: what the DOWNs destroy is lost.";
			case PG_DUMP -> describeDump(plan, losses);
			case IN_DATABASE -> UnkeptRollbackStatements.find(plan)
				.map((problem) -> "This rollback would be refused. " + problem + " " + UnkeptRollbackStatements.WAY_OUT)
				.orElse("What the DOWNs destroy is found by running them in a savepoint, and copied into the schema \""
						+ this.options.schema() + "\" before they run, in the same transaction. More than "
						+ this.options.maxBytes() / (1024 * 1024)
						+ " MB (veza.migrations.backup.max-size), and what has no key to find it again, is refused.");
		};
	}

	private String describeDump(MigrationPlan plan, List<DataLoss> losses) {
		try {
			PgDumpCheck check = dump().check(this.session.connection(), PgDumpRequest.of(versions(plan), losses));
			BackupFailedException failure = check.failure();
			return (failure != null) ? "This rollback would be refused. " + failure.getMessage() : check.description();
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	/**
	 * Keep what has to be kept before any transaction is open, and refuse what cannot be
	 * kept in one.
	 * @param plan the rollback
	 * @param executor what tries DOWNs out
	 * @param cancellation the wish to end early
	 * @throws StepFailedException if a DOWN fails when it is tried out
	 * @throws BackupFailedException if something cannot be kept
	 */
	public void before(MigrationPlan plan, PlanExecutor executor, CancellationToken cancellation)
			throws StepFailedException {
		if (this.mode == BackupMode.IN_DATABASE) {
			UnkeptRollbackStatements.find(plan).ifPresent((problem) -> {
				throw new BackupFailedException(problem, UnkeptRollbackStatements.WAY_OUT, null);
			});
		}
		else if (this.mode == BackupMode.PG_DUMP) {
			write(plan, executor, cancellation);
		}
	}

	private void write(MigrationPlan plan, PlanExecutor executor, CancellationToken cancellation)
			throws StepFailedException {
		PgDumpRequest request = new PgDumpRequest(versions(plan), List.of(), List.of());
		if (canBeTried(plan)) {
			List<DataLoss> losses = tryOut(plan, executor);
			if (losses.isEmpty()) {
				return;
			}
			request = PgDumpRequest.of(versions(plan), losses);
		}
		try {
			this.backup = dump().write(this.session.connection(), request, cancellation);
			logger.info("Kept what the rollback destroys in \"{}\" ({} bytes)", this.backup.location(),
					this.backup.bytes());
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	/** An older DOWN cannot be tried while what came after it is still there. */
	private static boolean canBeTried(MigrationPlan plan) {
		return UnkeptRollbackStatements.find(plan).isEmpty()
				&& plan.segments().stream().skip(1).noneMatch(PlanSegment::transactional);
	}

	private List<DataLoss> tryOut(MigrationPlan plan, PlanExecutor executor) throws StepFailedException {
		PlanSegment first = plan.segments().get(0);
		if (!first.transactional()) {
			return List.of();
		}
		AtomicReference<@Nullable DataSnapshot> before = new AtomicReference<>();
		List<DataLoss> losses = new ArrayList<>();
		executor.tryOut(first, (connection) -> before.set(this.finder.snapshot(connection)), (connection) -> {
			losses.clear();
			losses.addAll(this.finder.lostSince(connection, Objects.requireNonNull(before.get())).describe());
		});
		return losses;
	}

	private PgDumpBackup dump() throws SQLException {
		PgDumpTarget target = this.dumpTarget.get();
		return new PgDumpBackup(this.options.pgDump(),
				(target != null) ? target : PgDumpTarget.of(this.session.connection(), this.role), this.clock);
	}

	/**
	 * Keep what DOWNs destroy, in their transaction.
	 * @param connection the connection
	 * @param steps the migrations
	 * @param trial runs the DOWNs
	 * @param operationId the rollback
	 * @param origin who asks for it
	 * @throws SQLException if the server refuses something
	 * @throws StepFailedException if a DOWN fails
	 */
	public void keep(Connection connection, List<PlanStep> steps, Trial trial, UUID operationId, RequestOrigin origin)
			throws SQLException, StepFailedException {
		DataSnapshot before = this.finder.snapshot(connection);
		requireReadCommitted(before.isolation(), steps);
		trial.run();
		ObservedDataLosses losses = this.finder.lostSince(connection, before);
		trial.takeBack();
		InDatabaseBackup kept = new InDatabaseBackup(this.finder, this.options.schema(), this.options.maxBytes());
		this.open = kept.keep(connection, losses,
				new BackupContext(operationId, steps.stream().map(PlanStep::version).toList(), origin));
	}

	/**
	 * Otherwise the copy would not see what others commit until the tables are locked.
	 */
	private static void requireReadCommitted(String isolation, List<PlanStep> steps) {
		if (!READ_COMMITTED.equals(isolation)) {
			throw new BackupFailedException(
					"The DOWN of version \"" + steps.get(0).version() + "\" sets the isolation level \"" + isolation
							+ "\", in which a copy does not see what others have just committed.",
					UnkeptRollbackStatements.WAY_OUT, null);
		}
	}

	/**
	 * Drop what was kept in vain, and record the rest, after the DOWNs.
	 * @param connection the connection, in their transaction
	 * @return what is kept, {@code null} if nothing is
	 * @throws SQLException if the server refuses something
	 */
	public @Nullable Backup settle(Connection connection) throws SQLException {
		KeptData kept = this.open;
		this.open = null;
		return (kept != null) ? kept.settle(connection) : null;
	}

	public void committed(Backup settled) {
		if (!settled.kept().isEmpty()) {
			List<Backup.Kept> all = new ArrayList<>(this.backup.kept());
			all.addAll(settled.kept());
			this.backup = new Backup(settled.mode(), settled.location(), all, this.backup.bytes() + settled.bytes(),
					null);
		}
	}

	/**
	 * Drop backups that are older than they have to be kept.
	 * @param transaction where to do that
	 */
	public void expire(HistoryTransaction transaction) {
		Duration retention = this.options.retention();
		if (retention == null) {
			return;
		}
		try {
			BackupCatalogue catalogue = new BackupCatalogue(this.options.schema());
			transaction
				.run((connection) -> catalogue.expire(connection, this.clock.instant().minus(retention)),
						(all) -> List.of())
				.forEach((operation) -> logger.info("Dropped the backup of the rollback {} of {}", operation.id(),
						operation.createdAt()));
		}
		catch (SQLException | MigrationException ex) {
			logger.warn("Backups older than {} could not be dropped: {}", retention, ex.getMessage());
		}
	}

	private static List<MigrationVersion> versions(MigrationPlan plan) {
		return plan.steps().stream().map(PlanStep::version).toList();
	}

}
