package io.veza.migrations.execute;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.veza.migrations.Checksum;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementReader;

/**
 * A non-transactional migration while it runs: what is done, and what its records are.
 */
final class NonTransactionalRun {

	/**
	 * PostgreSQL's refusals of a transaction block: the statement itself does not run in
	 * one, or it is a procedure that ends its transaction.
	 */
	private static final Set<String> REFUSES_TRANSACTION = Set.of("25001", "2D000");

	/** What lasts as long as the session, and not only as long as a transaction. */
	private static final Pattern SESSION_SETTING = Pattern
		.compile("(SET(?!\\s+(LOCAL|TRANSACTION|CONSTRAINTS)\\b)|RESET)\\b", Pattern.CASE_INSENSITIVE);

	private final Workbench bench;

	private final MigrationOperation operation;

	private final PlanStep step;

	/** What is done and recorded, by this run or an earlier one. */
	private final List<Checksum> done = new ArrayList<>();

	/** What this attempt has read so far. */
	private final List<Checksum> read = new ArrayList<>();

	/** Records of statements whose transaction block is still open. */
	private final List<String> uncommitted = new ArrayList<>();

	private Duration lockTimeout = Duration.ZERO;

	NonTransactionalRun(Workbench bench, MigrationOperation operation, PlanStep step) {
		this.bench = bench;
		this.operation = operation;
		this.step = step;
		if (step.progress() != null) {
			this.done.addAll(step.progress().statements());
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
			.add(this.bench.writer().progressBegun(this.operation, this.step.version(), this.step.description()))
			.add(Workbench.COMMIT)
			.send();
		this.bench.preparation().committed();
	}

	/**
	 * Begin an attempt.
	 * @param atLeast how long a statement may queue for a lock at least
	 * @throws FlightFailedException if that fails
	 */
	void begin(Duration atLeast) throws FlightFailedException {
		this.read.clear();
		this.uncommitted.clear();
		this.lockTimeout = this.bench.lockTimeout(this.step.section(), atLeast);
		this.bench.flight()
			.addAll(this.bench.settings().beforeTransaction())
			.addAll(this.bench.timeouts(Workbench.SET, this.step.section(), atLeast))
			.send();
	}

	void next(StatementReader reader) throws StepFailedException, FlightFailedException {
		SqlStatement statement = reader.next();
		Checksum checksum = checksum(statement);
		this.read.add(checksum);
		if (this.read.size() <= this.done.size()) {
			requireSame(statement, checksum);
			restoreSession(statement, reader);
			return;
		}
		this.bench.listener().onStatement(this.step, this.read.size());
		try {
			run(statement, reader, record(checksum));
		}
		catch (FlightFailedException ex) {
			Flight.Entry entry = ex.entry();
			if (entry != null && entry.ours() && !LockRetries.noLock(ex.failure())) {
				throw ex;
			}
			throw failed(ex.failure(), statement, reader);
		}
		catch (SQLException ex) {
			throw failed(ex, statement, reader);
		}
	}

	private StepFailedException failed(SQLException ex, SqlStatement statement, StatementReader reader) {
		int dataLine = (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) ? reader.copyDataLine() : 0;
		SqlFailure failure = SqlFailures.describe(ex, this.step.file(), statement, dataLine);
		return new StepFailedException(this.step, failure, state(), statement, ex);
	}

	void finish() throws FlightFailedException {
		Flight flight = this.bench.flight()
			.add(Workbench.BEGIN_READ_WRITE)
			.addAll(this.bench.beforeRecord(Duration.ZERO));
		if (this.step.progress() != null) {
			flight.add(this.bench.writer().progressCleared(this.step.progress().version()));
		}
		flight.add(this.bench.writer().progressCleared(this.step.version()))
			.addAll(this.bench.record(this.operation, this.step))
			.add(Workbench.COMMIT)
			.send();
	}

	void recordFailure(StepFailedException failure) {
		String error = failure.failure().describe();
		this.bench.recordFailure(failure, List.of(this.bench.writer().progressFailed(this.step.version(), error),
				this.bench.writer().failed(this.operation, this.step.version(), error)));
	}

	String state() {
		int total = this.step.section().statementCount();
		int recorded = this.done.size();
		return (recorded == 0) ? "None of its " + total + " statements is done; the next run starts with the first."
				: recorded + " of its " + total
						+ " statements are done and recorded; the next run continues with statement " + (recorded + 1)
						+ ".";
	}

	/**
	 * The session of the earlier run is gone, and with it what its statements had set for
	 * those that follow.
	 */
	private void restoreSession(SqlStatement statement, StatementReader reader) throws StepFailedException {
		if (SESSION_SETTING.matcher(statement.sql()).lookingAt()) {
			try {
				this.bench.executeAlone(statement.sql());
			}
			catch (SQLException ex) {
				throw failed(ex, statement, reader);
			}
		}
	}

	private void requireSame(SqlStatement statement, Checksum checksum) throws StepFailedException {
		int number = this.read.size();
		if (!checksum.equals(this.done.get(number - 1))) {
			throw new StepFailedException(this.step, SqlFailures.ours(this.step.file(), statement,
					"Statement " + number + " was done by an earlier run, and it has been changed since",
					"Restore the statement as it was and change only what comes after the failed one, or settle the migration with repair."),
					state(), null);
		}
	}

	private static Checksum checksum(SqlStatement statement) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return Checksum.ofText(digest.digest(statement.sql().getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private String record(Checksum checksum) {
		return this.bench.writer()
			.progress(this.operation, this.step.version(), this.step.description(), this.read.size(), checksum);
	}

	private void run(SqlStatement statement, StatementReader reader, String record)
			throws SQLException, FlightFailedException {
		if (this.bench.inTransaction()) {
			runInOpenTransaction(statement, reader, record);
			return;
		}
		switch (statement.kind()) {
			case ORDINARY, VALIDATE_CONSTRAINT -> runWithRecord(statement, record);
			case QUERY -> queryWithRecord(statement, record);
			case COPY_FROM_STDIN -> copyWithRecord(statement, reader, record);
			case BEGIN -> open(statement, record);
			case INDEX_CONCURRENTLY -> runUnhurried(statement, record);
			case REFUSES_TRANSACTION, DETACH_CONCURRENTLY, COMMIT, ROLLBACK -> runAlone(statement, record);
		}
	}

	private void open(SqlStatement statement, String record) throws SQLException {
		this.bench.executeAlone(statement.sql());
		this.uncommitted.add(record);
	}

	private void runInOpenTransaction(SqlStatement statement, StatementReader reader, String record)
			throws SQLException, FlightFailedException {
		this.uncommitted.add(record);
		if (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
			this.bench.copyIn(statement, reader);
		}
		else if (statement.kind() == SqlStatement.Kind.COMMIT) {
			this.bench.flight().addAll(this.bench.beforeRecord(this.lockTimeout)).addAll(this.uncommitted).send();
			this.bench.executeAlone(statement.sql());
			committed();
		}
		else if (statement.kind() == SqlStatement.Kind.ROLLBACK) {
			this.bench.executeAlone(statement.sql());
			record(this.uncommitted);
		}
		else {
			this.bench.executeAlone(statement.sql());
		}
	}

	private void committed() {
		this.done.addAll(this.read.subList(this.done.size(), this.read.size()));
		this.uncommitted.clear();
	}

	private void runWithRecord(SqlStatement statement, String record) throws SQLException, FlightFailedException {
		try {
			this.bench.flight()
				.addAll(this.bench.begin())
				.add(this.step, statement)
				.addAll(this.bench.beforeRecord(this.lockTimeout))
				.add(record)
				.addCompletion(Workbench.COMMIT, this.step, statement)
				.send();
			committed();
		}
		catch (FlightFailedException ex) {
			if (!REFUSES_TRANSACTION.contains(String.valueOf(ex.failure().getSQLState()))) {
				throw ex;
			}
			this.bench.abort(ex.failure());
			runAlone(statement, record);
		}
	}

	private void queryWithRecord(SqlStatement statement, String record) throws SQLException, FlightFailedException {
		this.bench.executeAlone(Workbench.BEGIN);
		this.bench.executeAlone(statement.sql());
		commit(statement, record);
	}

	private void copyWithRecord(SqlStatement statement, StatementReader reader, String record)
			throws SQLException, FlightFailedException {
		this.bench.executeAlone(Workbench.BEGIN);
		this.bench.copyIn(statement, reader);
		commit(statement, record);
	}

	private void commit(SqlStatement statement, String record) throws FlightFailedException {
		this.bench.flight()
			.addAll(this.bench.beforeRecord(this.lockTimeout))
			.add(record)
			.addCompletion(Workbench.COMMIT, this.step, statement)
			.send();
		committed();
	}

	private void runUnhurried(SqlStatement statement, String record) throws SQLException, FlightFailedException {
		this.bench.executeAlone(Unhurried.BEGIN_ALONE);
		this.bench.executeAlone(statement.sql());
		this.bench.executeAlone(Unhurried.END_ALONE);
		record(List.of(record));
	}

	private void runAlone(SqlStatement statement, String record) throws SQLException, FlightFailedException {
		this.bench.executeAlone(statement.sql());
		record(List.of(record));
	}

	private void record(List<String> records) throws FlightFailedException {
		this.bench.flight()
			.add(Workbench.BEGIN_READ_WRITE)
			.addAll(this.bench.beforeRecord(Duration.ZERO))
			.addAll(records)
			.add(Workbench.COMMIT)
			.send();
		committed();
	}

}
