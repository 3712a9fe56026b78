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

	private static final String CONSTANT = "\\s*E?'(?:[^'\\\\]|'')*+'\\s*";

	/**
	 * What lasts as long as the session, and not only as long as a transaction; pg_dump
	 * calls the function.
	 */
	private static final Pattern SESSION_SETTING = Pattern.compile(
			"(SET(?!\\s+(LOCAL|TRANSACTION|CONSTRAINTS)\\b)|RESET)\\b|SELECT\\s+(pg_catalog\\s*\\.\\s*)?set_config\\s*\\("
					+ CONSTANT + "," + CONSTANT + ",\\s*\\w+\\s*\\)\\s*\\z",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern TIMEOUT = Pattern.compile("(lock|statement)_timeout\\b", Pattern.CASE_INSENSITIVE);

	private static final String RESTORE = "Restore what was done as it was and change only what comes after it, "
			+ "or settle the migration with repair.";

	private static final Pattern DISCARD_ALL = Pattern.compile("DISCARD\\s+ALL", Pattern.CASE_INSENSITIVE);

	/** A transaction that goes on without its session, and must not hold our records. */
	private static final Pattern PREPARE_TRANSACTION = Pattern.compile("PREPARE\\b", Pattern.CASE_INSENSITIVE);

	private final Workbench bench;

	private final PlanStep step;

	private final StepProgress progress;

	private final LoneExecution lone;

	/** What this attempt has read so far. */
	private final List<Checksum> read = new ArrayList<>();

	/** Records of statements whose transaction block is still open. */
	private final List<String> uncommitted = new ArrayList<>();

	/** Whether an attempt of this run has begun, in this session. */
	private boolean begun;

	/** Whether the session knows nothing of what was done before this attempt. */
	private boolean resumed;

	private Duration atLeast = Duration.ZERO;

	private Duration lockTimeout = Duration.ZERO;

	NonTransactionalRun(Workbench bench, PlanStep step, StepProgress progress) {
		this.bench = bench;
		this.step = step;
		this.progress = progress;
		this.lone = new LoneExecution(bench, step, progress);
	}

	/**
	 * Begin an attempt. A later one finds in the session what the earlier ones have left
	 * there for the statements that follow, such as temporary tables.
	 * @param atLeast how long a statement may queue for a lock at least
	 * @throws FlightFailedException if that fails
	 */
	void begin(Duration atLeast) throws FlightFailedException {
		this.read.clear();
		this.uncommitted.clear();
		this.resumed = !this.begun;
		this.atLeast = atLeast;
		this.lockTimeout = this.bench.lockTimeout(this.step.section(), atLeast);
		this.bench.flight()
			.addAll(this.begun ? this.bench.timeoutsOfSession(this.step.section(), atLeast)
					: this.bench.beforeStatements(this.step.section(), atLeast))
			.send();
		this.begun = true;
	}

	void next(StatementReader reader) throws StepFailedException, FlightFailedException {
		SqlStatement statement = reader.next();
		Checksum checksum = checksum(statement);
		this.read.add(checksum);
		if (this.read.size() <= this.progress.done().size()) {
			requireSame(statement, checksum);
			if (this.resumed || TIMEOUT.matcher(statement.sql()).find()) {
				restoreSession(statement, reader);
			}
			return;
		}
		this.bench.requireGoingOn(this.step, statement, this.progress.state());
		this.bench.announce(this.step, this.read.size(), statement);
		try {
			this.lone.settleOther(this.read.size(), checksum);
			run(statement, reader, checksum);
		}
		catch (FlightFailedException ex) {
			Flight.Entry entry = ex.entry();
			if (entry != null && entry.ours() && !LockRetries.comesFromOutside(ex.failure())) {
				throw ex;
			}
			throw failed(ex.failure(), statement, reader);
		}
		catch (SQLException ex) {
			throw failed(ex, statement, reader);
		}
		catch (UnsettledException ex) {
			throw new StepFailedException(this.step,
					SqlFailures.ours(this.step.file(), statement, ex.message(), ex.advice()), this.progress.state(),
					ex);
		}
	}

	private StepFailedException failed(SQLException ex, SqlStatement statement, StatementReader reader) {
		int dataLine = (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) ? reader.copyDataLine() : 0;
		SqlFailure failure = this.bench.describe(ex, this.step, statement, dataLine);
		return new StepFailedException(this.step, this.lone.afterFailure(failure, statement, ex), this.progress.state(),
				statement, ex);
	}

	/**
	 * End the migration.
	 * @param reader the reader that read its statements
	 * @throws StepFailedException if the file is not what was planned or done
	 * @throws FlightFailedException if the history could not be written
	 */
	void finish(StatementReader reader) throws StepFailedException, FlightFailedException {
		Workbench.requireUnchanged(this.step, reader, this.progress.state());
		int done = this.progress.done().size();
		if (this.read.size() < done) {
			throw failed(
					done + " statements were done by an earlier run, and there are only " + this.read.size() + " now",
					RESTORE);
		}
		try {
			this.lone.settleOther(this.read.size() + 1, null);
		}
		catch (SQLException ex) {
			throw new StepFailedException(this.step, this.bench.describe(ex, this.step, null, 0), this.progress.state(),
					ex);
		}
		catch (UnsettledException ex) {
			throw failed(ex.message(), ex.advice());
		}
		this.progress.finish();
	}

	private StepFailedException failed(String message, String advice) {
		SqlFailure failure = new SqlFailure(this.step.file(), 0, 0, null, null, message, null, null, null, advice);
		return new StepFailedException(this.step, failure, this.progress.state(), null);
	}

	/**
	 * The session of the earlier run is gone, and with it what its statements had set for
	 * those that follow. In a session that is shared it would reach others, and nothing
	 * that follows needs it: it had ended with its transaction.
	 */
	private void restoreSession(SqlStatement statement, StatementReader reader)
			throws StepFailedException, FlightFailedException {
		if (!this.bench.settings().lasting()) {
			return;
		}
		beginAgain(statement);
		if (SESSION_SETTING.matcher(statement.sql()).lookingAt()) {
			try {
				this.bench.execute(statement.sql());
			}
			catch (SQLException ex) {
				throw failed(ex, statement, reader);
			}
		}
	}

	private void requireSame(SqlStatement statement, Checksum checksum) throws StepFailedException {
		int number = this.read.size();
		if (!checksum.equals(this.progress.done().get(number - 1))) {
			throw new StepFailedException(this.step, SqlFailures.ours(this.step.file(), statement,
					"Statement " + number + " was done by an earlier run, and it has been changed since", RESTORE),
					this.progress.state(), null);
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

	private void run(SqlStatement statement, StatementReader reader, Checksum checksum)
			throws SQLException, FlightFailedException, UnsettledException {
		String record = this.progress.record(this.read.size(), checksum);
		if (this.bench.inTransaction()) {
			runInOpenTransaction(statement, reader, record);
			return;
		}
		switch (statement.kind()) {
			case ORDINARY, VALIDATE_CONSTRAINT -> runWithRecord(statement, record);
			case QUERY -> queryWithRecord(statement, record);
			case COPY_FROM_STDIN -> copyWithRecord(statement, reader, record);
			case BEGIN -> open(statement, record);
			case REFUSES_TRANSACTION, INDEX_CONCURRENTLY, DETACH_CONCURRENTLY -> {
				this.lone.run(this.read.size(), statement, checksum);
				beginAgain(statement);
				this.progress.save(List.of(record), this.read);
			}
			case COMMIT, ROLLBACK -> runAlone(statement, record);
		}
	}

	/** What was discarded is what the statements that follow begin with. */
	private void beginAgain(SqlStatement statement) throws FlightFailedException {
		if (DISCARD_ALL.matcher(statement.sql()).matches()) {
			this.bench.flight().addAll(this.bench.beforeStatements(this.step.section(), this.atLeast)).send();
		}
	}

	private void open(SqlStatement statement, String record) throws SQLException, FlightFailedException {
		this.bench.execute(statement.sql());
		this.bench.flight().addAll(this.bench.afterBeginOfFile(this.step.section(), this.atLeast)).send();
		this.uncommitted.add(record);
	}

	private void runInOpenTransaction(SqlStatement statement, StatementReader reader, String record)
			throws SQLException, FlightFailedException {
		this.uncommitted.add(record);
		switch (statement.kind()) {
			case COPY_FROM_STDIN -> this.bench.copyIn(statement, reader);
			case COMMIT -> commit(statement);
			case ROLLBACK -> rollBack(statement);
			default -> this.bench.execute(statement.sql());
		}
	}

	private void commit(SqlStatement statement) throws SQLException, FlightFailedException {
		if (PREPARE_TRANSACTION.matcher(statement.sql()).lookingAt()) {
			endWithoutRecords(statement);
			return;
		}
		this.bench.flight().addAll(this.bench.beforeRecord(this.lockTimeout)).addAll(this.uncommitted).send();
		this.bench.execute(statement.sql());
		committed();
	}

	private void rollBack(SqlStatement statement) throws SQLException, FlightFailedException {
		this.bench.rollBack(statement.sql());
		this.progress.save(this.uncommitted, this.read);
		this.uncommitted.clear();
	}

	private void endWithoutRecords(SqlStatement statement) throws SQLException, FlightFailedException {
		this.bench.execute(statement.sql());
		this.progress.save(this.uncommitted, this.read);
		this.uncommitted.clear();
	}

	private void committed() {
		this.progress.committed(this.read);
		this.uncommitted.clear();
	}

	private void runWithRecord(SqlStatement statement, String record) throws SQLException, FlightFailedException {
		try {
			this.bench.flight()
				.addAll(this.bench.beginStatement(this.step.section(), this.atLeast))
				.add(this.step, this.read.size(), statement)
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
		begin();
		this.bench.execute(statement.sql());
		commit(statement, record);
	}

	private void copyWithRecord(SqlStatement statement, StatementReader reader, String record)
			throws SQLException, FlightFailedException {
		begin();
		this.bench.copyIn(statement, reader);
		commit(statement, record);
	}

	private void begin() throws FlightFailedException {
		this.bench.flight().addAll(this.bench.beginStatement(this.step.section(), this.atLeast)).send();
	}

	private void commit(SqlStatement statement, String record) throws FlightFailedException {
		this.bench.flight()
			.addAll(this.bench.beforeRecord(this.lockTimeout))
			.add(record)
			.addCompletion(Workbench.COMMIT, this.step, statement)
			.send();
		committed();
	}

	private void runAlone(SqlStatement statement, String record) throws SQLException, FlightFailedException {
		this.bench.requireLock();
		this.bench.execute(statement.sql());
		this.progress.save(List.of(record), this.read);
	}

}
