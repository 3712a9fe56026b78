package io.veza.migrations.engine;

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
import io.veza.migrations.BackupFailedException;
import io.veza.migrations.BackupMode;
import io.veza.migrations.Cancellation;
import io.veza.migrations.DataLoss;
import io.veza.migrations.MigrationException;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.backup.BackupCatalogue;
import io.veza.migrations.backup.BackupContext;
import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.backup.DataPicture;
import io.veza.migrations.backup.InDatabaseBackup;
import io.veza.migrations.backup.KeptData;
import io.veza.migrations.backup.LossFinder;
import io.veza.migrations.backup.Losses;
import io.veza.migrations.backup.PgDump;
import io.veza.migrations.backup.PgDumpCheck;
import io.veza.migrations.backup.PgDumpRequest;
import io.veza.migrations.backup.PgDumpTarget;
import io.veza.migrations.execute.HistoryTransaction;
import io.veza.migrations.execute.PlanExecutor;
import io.veza.migrations.execute.StepCompanion.Trial;
import io.veza.migrations.execute.StepFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a rollback destroys, as configured or as asked for. Without a backup there
 * is no rollback.
 */
final class RollbackBackup {

	private static final Logger logger = LoggerFactory.getLogger(RollbackBackup.class);

	private static final String READ_COMMITTED = "read committed";

	private final MigrationSession session;

	private final BackupOptions options;

	private final BackupMode mode;

	private final Supplier<@Nullable PgDumpTarget> dumpTarget;

	private final @Nullable String role;

	private final Clock clock;

	private final LossFinder finder;

	private Backup backup;

	/** What the transaction that is open has kept, lost if it is taken back. */
	private @Nullable KeptData open;

	RollbackBackup(MigrationSession session, MigratorOptions options, @Nullable BackupMode mode,
			Supplier<@Nullable PgDumpTarget> dumpTarget, Clock clock) {
		this.session = session;
		this.options = options.backup();
		this.mode = (mode != null) ? mode : this.options.mode();
		this.dumpTarget = dumpTarget;
		this.role = options.role();
		this.clock = clock;
		this.finder = new LossFinder(session.ownTables(), this.options.schema());
		this.backup = Backup.nothing(this.mode);
	}

	BackupMode mode() {
		return this.mode;
	}

	Backup backup() {
		return this.backup;
	}

	/**
	 * Say what would be kept, and what is in the way of it.
	 * @param plan the rollback
	 * @param losses what it is expected to destroy
	 * @return a description
	 */
	String describe(MigrationPlan plan, List<DataLoss> losses) {
		return switch (this.mode) {
			case NONE -> "Nothing is kept: what the DOWNs destroy is lost.";
			case PG_DUMP -> describeDump(plan, losses);
			case IN_DATABASE -> UnkeptStatements.find(plan)
				.map((problem) -> "This rollback would be refused. " + problem + " " + UnkeptStatements.WAY_OUT)
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
			throw DatabaseFailures.translate(ex);
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
	void before(MigrationPlan plan, PlanExecutor executor, Cancellation cancellation) throws StepFailedException {
		if (this.mode == BackupMode.IN_DATABASE) {
			UnkeptStatements.find(plan).ifPresent((problem) -> {
				throw new BackupFailedException(problem, UnkeptStatements.WAY_OUT, null);
			});
		}
		else if (this.mode == BackupMode.PG_DUMP) {
			write(plan, executor, cancellation);
		}
	}

	private void write(MigrationPlan plan, PlanExecutor executor, Cancellation cancellation)
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
			throw DatabaseFailures.translate(ex);
		}
	}

	/** An older DOWN cannot be tried while what came after it is still there. */
	private static boolean canBeTried(MigrationPlan plan) {
		return UnkeptStatements.find(plan).isEmpty()
				&& plan.segments().stream().skip(1).noneMatch(PlanSegment::transactional);
	}

	private List<DataLoss> tryOut(MigrationPlan plan, PlanExecutor executor) throws StepFailedException {
		PlanSegment first = plan.segments().get(0);
		if (!first.transactional()) {
			return List.of();
		}
		AtomicReference<@Nullable DataPicture> before = new AtomicReference<>();
		List<DataLoss> losses = new ArrayList<>();
		executor.tryOut(first, (connection) -> before.set(this.finder.look(connection)), (connection) -> {
			losses.clear();
			losses.addAll(this.finder.lostSince(connection, Objects.requireNonNull(before.get())).describe());
		});
		return losses;
	}

	private PgDump dump() throws SQLException {
		PgDumpTarget target = this.dumpTarget.get();
		return new PgDump(this.options.pgDump(),
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
	void keep(Connection connection, List<PlanStep> steps, Trial trial, UUID operationId, RequestOrigin origin)
			throws SQLException, StepFailedException {
		DataPicture before = this.finder.look(connection);
		requireReadCommitted(before.isolation(), steps);
		trial.run();
		Losses losses = this.finder.lostSince(connection, before);
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
					UnkeptStatements.WAY_OUT, null);
		}
	}

	/**
	 * Drop what was kept in vain, and record the rest, after the DOWNs.
	 * @param connection the connection, in their transaction
	 * @return what is kept, {@code null} if nothing is
	 * @throws SQLException if the server refuses something
	 */
	@Nullable Backup settle(Connection connection) throws SQLException {
		KeptData kept = this.open;
		this.open = null;
		return (kept != null) ? kept.settle(connection) : null;
	}

	void committed(Backup settled) {
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
	void expire(HistoryTransaction transaction) {
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
