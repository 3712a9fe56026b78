package io.veza.migrations.execute.nontransactional;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress.Attempt;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import io.veza.migrations.execute.step.HistoryLockedException;
import io.veza.migrations.execute.step.HistoryRecordWriter;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.execute.step.TransactionBoundarySql;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a migration that runs statement by statement, and its records in the
 * database.
 */
final class RecordedStepProgress {

	private final PlanExecutionContext context;

	private final HistoryWriter writer;

	private final HistoryRecordWriter history;

	private final MigrationOperation operation;

	private final PlanStep step;

	/** The version as an earlier run wrote it. */
	private final MigrationVersion version;

	/** Statements that are done and recorded, by this run or an earlier one. */
	private final List<Checksum> done = new ArrayList<>();

	private @Nullable Attempt attempt;

	/** The number of the statement that was done and is not recorded, 0 for none. */
	private int unrecorded;

	RecordedStepProgress(PlanExecutionContext context, MigrationOperation operation, PlanStep step) {
		this.context = context;
		this.writer = context.sql().writer();
		this.history = new HistoryRecordWriter(context);
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
	 * @throws HistoryLockedException if another session keeps the history locked
	 */
	void announce() throws HistoryLockedException {
		TransactionBoundarySql sql = this.context.sql();
		this.history.write(this.step,
				(pipeline, lockTimeout) -> pipeline.addAll(sql.beforeTransaction())
					.addAll(sql.begin())
					.add(TransactionControlStatements.SET_LOCAL + " lock_timeout = " + lockTimeout.toMillis())
					.addAll(this.context.preparation().statements())
					.add(this.writer.started(this.operation, this.step.version()))
					.add(this.writer.progress().begun(this.operation, this.version, this.step.description()))
					.add(TransactionControlStatements.COMMIT)
					.send());
		this.context.preparation().committed();
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
		return this.writer.progress()
			.statementDone(this.operation, this.version, this.step.description(), number, checksum);
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
	 * @throws HistoryLockedException if another session keeps the history locked
	 */
	void save(List<String> records, List<Checksum> read) throws HistoryLockedException {
		List<String> all = new ArrayList<>(records);
		all.add(this.writer.progress().attemptEnded(this.version));
		this.unrecorded = (this.attempt == null) ? read.size() : 0;
		this.history.write(this.step, all);
		this.unrecorded = 0;
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
	 * @throws HistoryLockedException if another session keeps the history locked
	 */
	void attempting(Attempt attempt) throws HistoryLockedException {
		this.history.write(this.step, List.of(this.writer.progress().attempting(this.version, attempt)));
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
	 * @throws HistoryLockedException if another session keeps the history locked
	 */
	void finish() throws HistoryLockedException {
		List<String> records = new ArrayList<>(List.of(this.writer.progress().cleared(this.version)));
		if (this.operation == MigrationOperation.ROLLBACK) {
			records.addAll(this.context.records().removed(this.step));
			this.history.writeProved(this.step, records);
			return;
		}
		records.addAll(this.context.records().applied(this.step));
		this.history.write(this.step, records);
	}

	void recordFailure(StepFailedException failure) {
		String error = failure.failure().describe();
		List<String> records = new ArrayList<>();
		records.add(this.writer.progress().failed(this.version, error));
		if (this.attempt == null) {
			records.add(this.writer.progress().attemptEnded(this.version));
		}
		records.add(this.writer.failed(this.operation, this.step.version(), error));
		this.history.writeAfter(this.step, failure, records);
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
		if (this.unrecorded > 0) {
			return done + " and recorded; statement " + this.unrecorded
					+ " was done but is not recorded, so that the next run sends it again.";
		}
		if (recorded > 0 && recorded == total) {
			return done + " and recorded; the next run records that the migration is complete.";
		}
		return (recorded == 0) ? done + "; the next run starts with the first."
				: done + " and recorded; the next run continues with statement " + (recorded + 1) + ".";
	}

}
