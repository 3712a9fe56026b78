package io.veza.migrations.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.Verification;
import io.veza.migrations.VerificationFailedException;
import io.veza.migrations.execute.StepCompanion;
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

	private final boolean each;

	private final boolean abortOnDifference;

	private final List<MigrationVersion> unproved = new ArrayList<>();

	private @Nullable Verification verification;

	/** What the transaction that is open has proved, lost if it is taken back. */
	private @Nullable Verification open;

	RunCompanion(CatalogRecords records, UUID operationId, boolean each, boolean abortOnDifference) {
		this.records = records;
		this.operationId = operationId;
		this.each = each;
		this.abortOnDifference = abortOnDifference;
	}

	@Override
	public List<String> record(PlanStep step) {
		return this.each ? this.records.record(this.operationId, List.of(step.version())) : List.of();
	}

	@Override
	public boolean keeps() {
		return false;
	}

	@Override
	public void keep(Connection connection, List<PlanStep> steps, Trial trial) {
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
		this.open = (this.open != null) ? this.open.and(found) : found;
		return new Proof(null, found.describe());
	}

	@Override
	public void begun() {
		this.open = null;
		this.unproved.clear();
	}

	@Override
	public void committed() {
		if (this.open != null) {
			this.verification = (this.verification != null) ? this.verification.and(this.open) : this.open;
			this.open = null;
		}
	}

	/**
	 * Return whether the schema is as it was before what was taken back.
	 * @return the verification, {@code null} if nothing was taken back
	 */
	@Nullable Verification verification() {
		return this.verification;
	}

}
