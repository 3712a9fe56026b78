package io.veza.migrations.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.Verification;
import io.veza.migrations.VerificationFailedException;
import io.veza.migrations.execute.StepCompanion;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.history.CatalogComparison;
import io.veza.migrations.history.CatalogRecords;
import org.jspecify.annotations.Nullable;

/**
 * Records what the migrations of a run do to the catalogs, keeps what a rollback
 * destroys, and compares what it has left with what was recorded.
 */
final class RunCompanion implements StepCompanion {

	/**
	 * More migrations than that are recorded and verified together: each costs a look.
	 */
	static final int MAX_EACH = 20;

	private final CatalogRecords records;

	private final UUID operationId;

	private final RequestOrigin origin;

	private final boolean each;

	private final boolean abortOnDifference;

	private final @Nullable RollbackBackup backup;

	private final List<MigrationVersion> unproved = new ArrayList<>();

	private @Nullable Verification verification;

	/** What the transaction that is open has proved, lost if it is taken back. */
	private @Nullable Verification openVerification;

	private @Nullable Backup openBackup;

	/**
	 * Create a new instance.
	 * @param records records and compares the catalogs
	 * @param operationId the run
	 * @param origin who asks for it
	 * @param each whether each migration is recorded and verified by itself
	 * @param abortOnDifference whether a rollback that does not restore the schema is
	 * taken back
	 * @param backup keeps what a rollback destroys, {@code null} if nothing is taken back
	 */
	RunCompanion(CatalogRecords records, UUID operationId, RequestOrigin origin, boolean each,
			boolean abortOnDifference, @Nullable RollbackBackup backup) {
		this.records = records;
		this.operationId = operationId;
		this.origin = origin;
		this.each = each;
		this.abortOnDifference = abortOnDifference;
		this.backup = backup;
	}

	@Override
	public List<String> record(PlanStep step) {
		return this.each ? this.records.record(this.operationId, List.of(step.version())) : List.of();
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
			this.backup.keep(connection, steps, trial, this.operationId, this.origin);
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
		Verification found = new CatalogComparison(this.records).verify(connection, versions);
		if (this.abortOnDifference && step.section().transactional() && found.restored() == Verification.Restored.NO) {
			throw new VerificationFailedException(step.version(), found);
		}
		this.openVerification = and(this.openVerification, found);
		return new Proof(last ? settled(connection) : null, found.describe());
	}

	/** What all DOWNs of the transaction destroyed is told with the last of them. */
	private @Nullable String settled(Connection connection) throws SQLException {
		if (this.backup == null) {
			return null;
		}
		this.openBackup = this.backup.settle(connection);
		return ((this.openBackup != null) ? this.openBackup : this.backup.backup()).describe();
	}

	private static Verification and(@Nullable Verification before, Verification found) {
		return (before != null) ? before.and(found) : found;
	}

	/**
	 * Return whether the schema is as it was before what was taken back.
	 * @return the verification, {@code null} if nothing was taken back
	 */
	@Nullable Verification verification() {
		return this.verification;
	}

	/**
	 * Return what was kept.
	 * @return the backup, {@code null} if nothing was taken back
	 */
	@Nullable Backup backup() {
		return (this.backup != null) ? this.backup.backup() : null;
	}

}
