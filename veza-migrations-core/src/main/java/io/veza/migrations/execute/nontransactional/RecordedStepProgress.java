package io.veza.migrations.execute;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.Checksum;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress.Attempt;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import org.jspecify.annotations.Nullable;

/**
 * What is done of a migration that runs statement by statement, and its records in the
 * database.
 */
final class StepProgress {

	private final Workbench bench;

	private final MigrationOperation operation;

	private final PlanStep step;

	/** The version as an earlier run wrote it. */
	private final MigrationVersion version;

	/** What is done and recorded, by this run or an earlier one. */
	private final List<Checksum> done = new ArrayList<>();

	private @Nullable Attempt attempt;

	StepProgress(Workbench bench, MigrationOperation operation, PlanStep step) {
		this.bench = bench;
		this.operation = operation;
		this.step = step;
		this.version = (step.progress() != null) ? step.progress().version() : step.version();
		if (step.progress() != null) {
			this.done.addAll(step.progress().statements());
			this.attempt = step.progress().attempt();
		}
	}

	/**
	 * Record that the migration begins, or goes on.
	 * @throws FlightFailedException if that fails
	 */
	void announce() throws FlightFailedException {
		this.bench.flight()
			.addAll(this.bench.beforeTransaction())
			.addAll(this.bench.begin())
			.addAll(this.bench.preparation().statements())
			.add(this.bench.writer().started(this.operation, this.step.version()))
			.add(this.bench.writer().progressBegun(this.operation, this.version, this.step.description()))
			.add(Workbench.COMMIT)
			.send();
		this.bench.preparation().committed();
	}

	/**
	 * Return the checksums of the statements that are done and recorded.
	 * @return the checksums, in the order of the statements
	 */
	List<Checksum> done() {
		return this.done;
	}

	/**
	 * Return the record of a statement, to be committed together with it.
	 * @param number the number of the statement
	 * @param checksum its checksum
	 * @return the SQL
	 */
	String record(int number, Checksum checksum) {
		return this.bench.writer().progress(this.operation, this.version, this.step.description(), number, checksum);
	}

	/**
	 * Note that records were committed.
	 * @param read the checksums of all statements up to the last one that is done
	 */
	void committed(List<Checksum> read) {
		this.done.addAll(read.subList(this.done.size(), read.size()));
	}

	/**
	 * Record statements that committed without their records, and that no attempt is
	 * under way any more.
	 * @param records the SQL
	 * @param read the checksums of all statements up to the last one that is done
	 * @throws FlightFailedException if that fails
	 */
	void save(List<String> records, List<Checksum> read) throws FlightFailedException {
		List<String> all = new ArrayList<>(records);
		all.add(this.bench.writer().attemptEnded(this.version));
		this.bench.writeAlone(all);
		this.attempt = null;
		committed(read);
	}

	/**
	 * Return the attempt whose end is unknown, or that left something behind.
	 * @return the attempt, {@code null} if there is none
	 */
	@Nullable Attempt attempt() {
		return this.attempt;
	}

	/**
	 * Record that a statement is about to be sent.
	 * @param attempt the statement
	 * @throws FlightFailedException if that fails
	 */
	void attempting(Attempt attempt) throws FlightFailedException {
		this.bench.writeAlone(List.of(this.bench.writer().attempting(this.version, attempt)));
		this.attempt = attempt;
	}

	/**
	 * Note that the statement was not done and has left nothing behind, which is recorded
	 * with whatever is recorded next.
	 */
	void attemptEnded() {
		this.attempt = null;
	}

	/**
	 * Record that the migration is complete.
	 * @throws FlightFailedException if that fails
	 */
	void finish() throws FlightFailedException {
		List<String> records = new ArrayList<>(List.of(this.bench.writer().progressCleared(this.version)));
		if (this.operation == MigrationOperation.ROLLBACK) {
			records.addAll(this.bench.removed(this.step));
			this.bench.writeProved(records, this.step);
			return;
		}
		records.addAll(this.bench.applied(this.step));
		this.bench.writeAlone(records);
	}

	void recordFailure(StepFailedException failure) {
		String error = failure.failure().describe();
		List<String> records = new ArrayList<>();
		records.add(this.bench.writer().progressFailed(this.version, error));
		if (this.attempt == null) {
			records.add(this.bench.writer().attemptEnded(this.version));
		}
		records.add(this.bench.writer().failed(this.operation, this.step.version(), error));
		this.bench.recordFailure(failure, records);
	}

	/**
	 * Return what the database's state is.
	 * @return a sentence
	 */
	String state() {
		int total = this.step.section().statementCount();
		int recorded = this.done.size();
		String done = (recorded == 0) ? "None of its " + total + " statements is done"
				: recorded + " of its " + total + " statements are done";
		if (this.attempt != null) {
			return done + " and recorded; the next run finds out what became of statement " + this.attempt.statement()
					+ ", and continues.";
		}
		return (recorded == 0) ? done + "; the next run starts with the first."
				: done + " and recorded; the next run continues with statement " + (recorded + 1) + ".";
	}

}
