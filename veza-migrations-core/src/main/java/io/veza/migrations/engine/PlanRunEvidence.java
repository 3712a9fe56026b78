package io.veza.migrations.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RollbackVerification;
import io.veza.migrations.engine.operation.OpenOperation;
import io.veza.migrations.engine.operation.RollbackDataBackup;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.failure.VerificationFailedException;
import io.veza.migrations.record.CatalogComparison;
import io.veza.migrations.record.CatalogRecordStatements;
import org.jspecify.annotations.Nullable;

/**
 * The evidence that a run gathers in the transactions of its migrations: records of what
 * they did to the catalogs, copies of the data that a rollback destroys, and the
 * comparison of the schema after a rollback with what was recorded.
 */
final class PlanRunEvidence implements StepHooks {

	/**
	 * A plan with more migrations is recorded and verified as a whole, because each look
	 * at the catalogs takes time.
	 */
	static final int MAX_EACH = 20;

	private final OpenOperation operation;

	private final CatalogRecordStatements records;

	private final boolean each;

	private final boolean recordedTogether;

	private final boolean abortOnDifference;

	private final @Nullable RollbackDataBackup backup;

	private final List<MigrationVersion> unproved = new ArrayList<>();

	private @Nullable RollbackVerification verification;

	/** The comparison in the open transaction, lost if that is rolled back. */
	private @Nullable RollbackVerification openVerification;

	/** The copy in the open transaction, lost if that is rolled back. */
	private @Nullable Backup openBackup;

	/**
	 * Create a new instance.
	 * @param operation the operation
	 * @param plan the plan of the run
	 * @param abortOnDifference whether a rollback that does not restore the schema is
	 * aborted
	 * @param backup keeps what a rollback destroys, {@code null} if nothing is taken back
	 */
	PlanRunEvidence(OpenOperation operation, MigrationPlan plan, boolean abortOnDifference,
			@Nullable RollbackDataBackup backup) {
		this.operation = operation;
		this.records = operation.session().records();
		this.each = plan.steps().size() <= MAX_EACH;
		this.recordedTogether = !this.each && plan.operation() == MigrationOperation.MIGRATE;
		this.abortOnDifference = abortOnDifference;
		this.backup = backup;
	}

	@Override
	public List<String> record(PlanStep step) {
		return this.each ? this.records.record(this.operation.id(), List.of(step.version())) : List.of();
	}

	/**
	 * Return what records migrations together that are too many to be recorded one by
	 * one.
	 * @param versions the migrations that were applied
	 * @return the SQL, none if they are recorded already
	 */
	List<String> recordTogether(List<MigrationVersion> versions) {
		return (this.recordedTogether && !versions.isEmpty()) ? this.records.record(this.operation.id(), versions)
				: List.of();
	}

	@Override
	public boolean each() {
		return this.each;
	}

	@Override
	public void begun() {
		this.openVerification = null;
		this.openBackup = null;
		this.unproved.clear();
	}

	@Override
	public void committed() {
		if (this.openVerification != null) {
			this.verification = and(this.verification, this.openVerification);
		}
		if (this.backup != null && this.openBackup != null) {
			this.backup.committed(this.openBackup);
		}
		begun();
	}

	@Override
	public boolean keeps() {
		return this.backup != null && this.backup.mode() == BackupMode.IN_DATABASE;
	}

	@Override
	public void keep(Connection connection, List<PlanStep> steps, Trial trial)
			throws SQLException, StepFailedException {
		if (this.backup != null) {
			this.backup.keep(connection, steps, trial, this.operation.id(), this.operation.origin());
		}
	}

	@Override
	public boolean proves(PlanStep step, boolean last) {
		this.unproved.add(step.version());
		return this.each || last;
	}

	@Override
	public Proof prove(Connection connection, PlanStep step, boolean last) throws SQLException {
		List<MigrationVersion> versions = List.copyOf(this.unproved);
		this.unproved.clear();
		RollbackVerification found = new CatalogComparison(this.records).verify(connection, versions);
		if (this.abortOnDifference && step.section().transactional()
				&& found.restored() == RollbackVerification.Restored.NO) {
			throw new VerificationFailedException(step.version(), found);
		}
		this.openVerification = and(this.openVerification, found);
		return new Proof(last ? settled(connection) : null, found.describe());
	}

	/**
	 * The audit log says with the last DOWN of a transaction what all of them destroyed.
	 */
	private @Nullable String settled(Connection connection) throws SQLException {
		if (this.backup == null) {
			return null;
		}
		this.openBackup = this.backup.settle(connection);
		return ((this.openBackup != null) ? this.openBackup : this.backup.backup()).describe();
	}

	private static RollbackVerification and(@Nullable RollbackVerification before, RollbackVerification found) {
		return (before != null) ? before.and(found) : found;
	}

	/**
	 * Return whether the schema is as it was before the migrations that were taken back.
	 * @return the verification, {@code null} if nothing was taken back
	 */
	@Nullable RollbackVerification verification() {
		return this.verification;
	}

	/**
	 * Return the data that was kept.
	 * @return the backup, {@code null} if nothing was taken back
	 */
	@Nullable Backup backup() {
		return (this.backup != null) ? this.backup.backup() : null;
	}

}
