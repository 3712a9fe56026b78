package io.veza.migrations.engine.outlook;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.DataLoss;
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.PlanToken;
import io.veza.migrations.catalog.TableInspector;
import io.veza.migrations.engine.operation.DatabaseFailureTranslator;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.operation.RollbackDataBackup;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.VerificationOptions;
import io.veza.migrations.failure.HistoryFailedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.PlanChangedException;
import io.veza.migrations.plan.RehearsalPlanChecks;
import io.veza.migrations.record.CatalogComparison;
import io.veza.migrations.record.CatalogComparison.Recorded;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.sql.SqlState;
import io.veza.migrations.status.AffectedTable;
import io.veza.migrations.status.PlanOutlook;
import io.veza.migrations.status.PlanOutlook.BackupOutlook;
import org.jspecify.annotations.Nullable;

/**
 * Looks what a plan would meet in the database, and makes its token. Nothing is executed.
 */
public final class PlanOutlookReader {

	/** More tables than that are named in the statements, but not measured. */
	private static final int MAX_TABLES = 100;

	private final MigratorOptions options;

	private final Supplier<List<KnownRehearsal>> rehearsals;

	public PlanOutlookReader(MigratorOptions options, Supplier<List<KnownRehearsal>> rehearsals) {
		this.options = options;
		this.rehearsals = rehearsals;
	}

	/**
	 * Look at what a plan would meet.
	 * @param session the database
	 * @param plan the plan
	 * @param backup what would keep what it destroys
	 * @return the outlook
	 */
	public PlanOutlook read(MigrationSession session, MigrationPlan plan, RollbackDataBackup backup) {
		try {
			MigrationHistory history = session.history();
			SchemaDriftCheck drift = new SchemaDriftCheck(this.options.verification().drift());
			MigrationPlan known = plan.isEmpty() ? plan : drift.addTo(withRehearsals(plan), drift.check(session));
			Recorded recorded = recorded(session, plan);
			List<AffectedTable> tables = tables(session, recorded);
			List<DataLoss> losses = new ExpectedDataLosses(tables).of(recorded.changes());
			return new PlanOutlook(known, token(session, plan, history, recorded, backup), tables, losses,
					unknown(plan, recorded), outlook(plan, backup, losses));
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	/**
	 * Check that a plan is the one that was looked at, if one was.
	 * @param session the database
	 * @param plan the plan
	 * @param origin who asks, and the token of the plan that was looked at
	 * @param backup what would keep what it destroys
	 * @throws PlanChangedException with the plan as it is now, if it is another one
	 */
	public void requireSeen(MigrationSession session, MigrationPlan plan, RequestOrigin origin,
			RollbackDataBackup backup) {
		String token = origin.token();
		if (token == null) {
			return;
		}
		List<String> changed = token(session, plan, backup).changedSince(PlanToken.of(token));
		if (!changed.isEmpty()) {
			throw new PlanChangedException(read(session, plan, backup), changed);
		}
	}

	/**
	 * Check that waiting for another run has not changed what a rollback would take back:
	 * two of them at once must not take back twice as much.
	 * @param session the database
	 * @param before the plan before the lock
	 * @param current the plan under the lock
	 * @param backup what would keep what it destroys
	 * @throws PlanChangedException with the plan as it is now, if it is another one
	 */
	public void requireSame(MigrationSession session, MigrationPlan before, MigrationPlan current,
			RollbackDataBackup backup) {
		if (!versions(before).equals(versions(current))) {
			throw new PlanChangedException(read(session, current, backup),
					List.of("the history: another run ended while this one waited"));
		}
	}

	/** Planning a rollback has looked at them, because it may be refused for them. */
	private MigrationPlan withRehearsals(MigrationPlan plan) {
		return (plan.operation() == MigrationOperation.MIGRATE)
				? new RehearsalPlanChecks(this.rehearsals.get()).migrate(plan) : plan;
	}

	private PlanToken token(MigrationSession session, MigrationPlan plan, RollbackDataBackup backup) {
		try {
			return token(session, plan, session.history(), recorded(session, plan), backup);
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	private static @Nullable BackupOutlook outlook(MigrationPlan plan, RollbackDataBackup backup,
			List<DataLoss> losses) {
		return (plan.operation() == MigrationOperation.ROLLBACK && !plan.isEmpty())
				? new BackupOutlook(backup.mode(), backup.describe(plan, losses)) : null;
	}

	private PlanToken token(MigrationSession session, MigrationPlan plan, MigrationHistory history, Recorded recorded,
			RollbackDataBackup backup) throws SQLException {
		return PlanTokenFactory.token(plan, history, words(backup), objects(session, plan, recorded));
	}

	private List<String> words(RollbackDataBackup backup) {
		VerificationOptions verification = this.options.verification();
		return List.of(verification.drift().name(), Boolean.toString(verification.abortOnDifference()),
				backup.mode().id(), this.options.backup().toString());
	}

	private static Recorded recorded(MigrationSession session, MigrationPlan plan) throws SQLException {
		if (plan.operation() != MigrationOperation.ROLLBACK || !session.historyLayout().recordsExist()) {
			return Recorded.NOTHING;
		}
		return comparison(session).recorded(versions(plan)).read(session.connection());
	}

	private static String objects(MigrationSession session, MigrationPlan plan, Recorded recorded) throws SQLException {
		if (plan.operation() != MigrationOperation.ROLLBACK || !session.historyLayout().recordsExist()
				|| plan.isEmpty()) {
			return "";
		}
		return comparison(session).concerned(session.connection(), versions(plan), !unknown(plan, recorded).isEmpty());
	}

	private List<AffectedTable> tables(MigrationSession session, Recorded recorded) throws SQLException {
		List<String> names = recorded.changes()
			.stream()
			.map(CatalogDifference::relation)
			.filter(Objects::nonNull)
			.distinct()
			.limit(MAX_TABLES)
			.toList();
		return names.isEmpty() ? List.of() : new TableInspector().inspect(session.connection(), names,
				this.options.session().blockingQueriesShown());
	}

	private static List<MigrationVersion> unknown(MigrationPlan plan, Recorded recorded) {
		return (plan.operation() == MigrationOperation.ROLLBACK)
				? versions(plan).stream().filter((version) -> !recorded.covers(version)).toList() : List.of();
	}

	private static List<MigrationVersion> versions(MigrationPlan plan) {
		return plan.steps().stream().map(PlanStep::version).toList();
	}

	private static CatalogComparison comparison(MigrationSession session) {
		return new CatalogComparison(session.records());
	}

	private static MigrationException failed(SQLException ex) {
		if (!SqlState.LOCK_NOT_AVAILABLE.equals(ex.getSQLState())) {
			return DatabaseFailureTranslator.translate(ex);
		}
		return new HistoryFailedException(
				"The catalogs cannot be read now, because a session holds a lock on a table of which a view is made: "
						+ ex.getMessage() + ".",
				"Nothing was run. Look again when that session has ended its transaction.", ex);
	}

}
