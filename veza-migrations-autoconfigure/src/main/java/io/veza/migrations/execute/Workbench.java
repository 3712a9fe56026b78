package io.veza.migrations.execute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Checksum;
import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.HistoryException;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationException;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.PlanStep;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementReader;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.history.HistoryWriter.Evidence;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the executions of one run share.
 *
 * @param connection the connection that holds the lock of the run, in autocommit mode:
 * transactions are opened and closed by statements
 * @param writer writes the history of the run
 * @param settings the settings from which each migration starts
 * @param fence what keeps other runs out of each transaction
 * @param preparation what has to be run once, before anything is recorded
 * @param companion what happens besides
 * @param limits what bounds the run
 * @param listener is told how far a segment is
 */
record Workbench(Connection connection, HistoryWriter writer, SessionSettings settings, RunFence fence,
		Preparation preparation, StepCompanion companion, RunLimits limits, StepListener listener) {

	static final String BEGIN = "BEGIN";

	/** For transactions of our own, whatever the default of the session is. */
	static final String BEGIN_READ_WRITE = "BEGIN READ WRITE";

	/** So that each statement of a rollback sees what others have committed before it. */
	static final String BEGIN_READ_COMMITTED = "BEGIN ISOLATION LEVEL READ COMMITTED";

	static final String COMMIT = "COMMIT";

	static final String SET = "SET";

	static final String SET_LOCAL = "SET LOCAL";

	static final String ROLLBACK = "ROLLBACK";

	/** The condition in the event's version, which is {@code NOT NULL}, was not met. */
	private static final String LOCK_LOST = "23502";

	private static final String NO_SUCH_TABLE = "42P01";

	private static final String ALREADY_THERE = "23505";

	private static final String NO_RIGHT = "42501";

	/** What the fence of a lease raises; its message says who holds the lease now. */
	private static final String LEASE_LOST = "VZ001";

	private static final String CONTINUE = "Start again: the history says where to continue.";

	private static final Logger logger = LoggerFactory.getLogger(Workbench.class);

	Flight flight() {
		return new Flight(this.connection, this.limits.interruption(), this.listener::onSent);
	}

	/**
	 * Return a flight whose progress somebody follows.
	 * @param sent is told what is about to be sent
	 * @param answered is told what the server has run
	 * @return the flight
	 */
	Flight flight(Consumer<List<SentStatement>> sent, Consumer<List<Flight.Entry>> answered) {
		return new Flight(this.connection, this.limits.interruption(), sent, answered);
	}

	/**
	 * Return how a migration is framed that runs alone, or first.
	 * @return the framing
	 */
	Framing inFull() {
		return new FullFraming(this);
	}

	/**
	 * Return how migrations are framed that run one after the other.
	 * @param waits which commits wait until they are on the disk
	 * @return the framing
	 */
	Framing inShort(Predicate<PlanStep> waits) {
		return new ShortFraming(this, this.writer.prepared(), waits);
	}

	LockRetries retries() {
		return new LockRetries(this.limits, this.listener);
	}

	/**
	 * Return what a migration starts with, outside of a transaction.
	 * @return the SQL
	 */
	List<String> beforeTransaction() {
		List<String> statements = new ArrayList<>(this.settings.beforeTransaction());
		if (this.settings.lasting()) {
			statements.add(this.writer.markStart());
		}
		return statements;
	}

	/**
	 * Return what the statements of a non-transactional migration start with, outside of
	 * a transaction.
	 * @param section the section
	 * @param atLeast how long to queue for a lock at least
	 * @return the SQL
	 */
	List<String> beforeStatements(MigrationSection section, Duration atLeast) {
		if (!this.settings.lasting()) {
			return List.of();
		}
		List<String> statements = new ArrayList<>(this.settings.beforeTransaction());
		statements.addAll(timeoutsOfSession(section, atLeast));
		return statements;
	}

	/**
	 * Return what limits the statements of a non-transactional migration, outside of a
	 * transaction.
	 * @param section the section
	 * @param atLeast how long to queue for a lock at least
	 * @return the SQL
	 */
	List<String> timeoutsOfSession(MigrationSection section, Duration atLeast) {
		return this.settings.lasting() ? timeouts(SET, section, atLeast) : List.of();
	}

	/**
	 * Return what each transaction begins with.
	 * @return the SQL
	 */
	List<String> begin() {
		List<String> statements = new ArrayList<>(List.of(BEGIN));
		statements.addAll(afterBegin());
		return statements;
	}

	/**
	 * Return what follows the beginning of each transaction.
	 * @return the SQL
	 */
	List<String> afterBegin() {
		List<String> statements = new ArrayList<>(this.settings.afterBegin());
		statements.addAll(this.fence.opening());
		if (!this.settings.lasting()) {
			statements.add(this.writer.markStartOfTransaction());
		}
		return statements;
	}

	/**
	 * Return what the transaction of one statement of a non-transactional migration
	 * begins with.
	 * @param section the section
	 * @param atLeast how long to queue for a lock at least
	 * @return the SQL
	 */
	List<String> beginStatement(MigrationSection section, Duration atLeast) {
		List<String> statements = new ArrayList<>(List.of(BEGIN));
		statements.addAll(afterBeginOfFile(section, atLeast));
		return statements;
	}

	/**
	 * Return what follows after a file has opened a transaction block.
	 * @param section the section
	 * @param atLeast how long to queue for a lock at least
	 * @return the SQL
	 */
	List<String> afterBeginOfFile(MigrationSection section, Duration atLeast) {
		List<String> statements = new ArrayList<>(this.settings.afterBegin());
		statements.addAll(this.fence.opening());
		if (!this.settings.lasting()) {
			statements.addAll(timeouts(SET_LOCAL, section, atLeast));
		}
		return statements;
	}

	/**
	 * Return what the next migration of a transaction starts with.
	 * @return the SQL
	 */
	List<String> betweenSteps() {
		List<String> statements = new ArrayList<>(this.settings.betweenSteps());
		statements.add(markStart());
		return statements;
	}

	/**
	 * Return what notes, in a transaction, that a migration begins.
	 * @return the SQL
	 */
	String markStart() {
		return this.settings.lasting() ? this.writer.markStart() : this.writer.markStartOfTransaction();
	}

	/**
	 * Return what a record is written with.
	 * @param lockTimeout how long it may queue; for ever, unless others may queue behind
	 * what its transaction has locked
	 * @return the SQL
	 */
	List<String> beforeRecord(Duration lockTimeout) {
		List<String> statements = new ArrayList<>(this.settings.beforeRecord());
		statements.add(SET_LOCAL + " lock_timeout = " + lockTimeout.toMillis());
		statements.addAll(this.fence.closing());
		return statements;
	}

	/**
	 * Return how long the statements of a section may queue for a lock.
	 * @param section the section
	 * @param atLeast how long at least
	 * @return the time, zero for ever
	 */
	Duration lockTimeout(MigrationSection section, Duration atLeast) {
		Duration usual = (section.lockTimeout() != null) ? section.lockTimeout() : this.limits.timeouts().lockTimeout();
		return (usual.isZero() || usual.compareTo(atLeast) >= 0) ? usual : atLeast;
	}

	/**
	 * Return the statements that limit how long those of a section may take.
	 * @param scope {@link #SET_LOCAL} for a transaction, {@link #SET} for the session
	 * @param section the section
	 * @param atLeast how long to queue for a lock at least
	 * @return the SQL
	 */
	List<String> timeouts(String scope, MigrationSection section, Duration atLeast) {
		List<String> statements = new ArrayList<>();
		statements.add(scope + " lock_timeout = " + lockTimeout(section, atLeast).toMillis());
		Duration statementTimeout = statementTimeout(section);
		if (statementTimeout != null) {
			statements.add(scope + " statement_timeout = " + statementTimeout.toMillis());
		}
		return statements;
	}

	/**
	 * Return how long a statement of a section may take.
	 * @param section the section
	 * @return the time, {@code null} for as long as in the session
	 */
	@Nullable Duration statementTimeout(MigrationSection section) {
		return (section.statementTimeout() != null) ? section.statementTimeout()
				: this.limits.timeouts().statementTimeout();
	}

	/**
	 * Return what is recorded when a migration was applied.
	 * @param step the migration
	 * @return the SQL
	 */
	List<String> applied(PlanStep step) {
		List<String> statements = new ArrayList<>();
		if (step.migration() != null) {
			statements.add(this.writer.applied(step.migration()));
		}
		statements.add(this.writer.succeeded(MigrationOperation.MIGRATE, step.version()));
		statements.addAll(this.companion.record(step));
		return statements;
	}

	/**
	 * Return what takes a migration out of the history.
	 * @param step the migration
	 * @return the SQL
	 */
	List<String> removed(PlanStep step) {
		AppliedMigration row = step.applied();
		return (row != null) ? List.of(this.writer.removed(row)) : List.of();
	}

	/**
	 * Return what is recorded when a migration was taken back.
	 * @param step the migration
	 * @param proof what is known of it
	 * @return the SQL
	 */
	List<String> reverted(PlanStep step, StepCompanion.Proof proof) {
		return List.of(this.writer.reverted(step.version(), evidence(step, proof)));
	}

	static Evidence evidence(PlanStep step, StepCompanion.Proof proof) {
		return new Evidence(proof.backup(), proof.verification(), upChecksum(step));
	}

	/** A row of another runner has none, but the file that it was applied from has. */
	private static @Nullable Checksum upChecksum(PlanStep step) {
		AppliedMigration row = step.applied();
		Migration file = step.migration();
		if (row != null && row.upChecksum() == null && file != null && !row.differsFrom(file)) {
			return file.upChecksum();
		}
		return (row != null) ? row.upChecksum() : null;
	}

	/**
	 * Check that the run may go on.
	 * @param step the migration that would be next
	 * @throws StepFailedException if the application closes
	 */
	void requireGoingOn(PlanStep step) throws StepFailedException {
		if (this.limits.cancellation().isRequested()) {
			throw StepFailedException.notBegun(step);
		}
	}

	/**
	 * Check that the run may go on.
	 * @param step the migration
	 * @param statement the statement of the migration that would be next
	 * @param state what the database's state is if the run ends here
	 * @throws StepFailedException if the application closes
	 */
	void requireGoingOn(PlanStep step, SqlStatement statement, String state) throws StepFailedException {
		if (this.limits.cancellation().isRequested()) {
			throw new StepFailedException(step, SqlFailures.notBegun(step.file(), statement), state, null);
		}
	}

	/**
	 * Send a statement of a migration alone, outside of any batch: it is cancelled when
	 * the application closes.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	void execute(String sql) throws SQLException {
		this.limits.interruption().allowDuring(this.connection, () -> executeAlone(sql));
	}

	/**
	 * Send a statement of ours alone, outside of any batch.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	void executeAlone(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	/**
	 * Do something on the connection that is cancelled when the application closes.
	 * @param <E> what it throws besides
	 * @param work does it
	 * @throws SQLException if the server refuses it
	 * @throws E if it fails otherwise
	 */
	<E extends Exception> void interruptibly(Interruption.Work<E> work) throws SQLException, E {
		this.limits.interruption().allowDuring(this.connection, work);
	}

	/**
	 * Prove what a migration that was taken back has left.
	 * @param step the migration
	 * @param last whether it is the last one of its transaction
	 * @return what the audit log is to say
	 * @throws SQLException if the server refuses something
	 */
	StepCompanion.Proof prove(PlanStep step, boolean last) throws SQLException {
		AtomicReference<StepCompanion.Proof> proof = new AtomicReference<>(StepCompanion.Proof.NONE);
		interruptibly(() -> proof.set(this.companion.prove(this.connection, step, last)));
		return Objects.requireNonNull(proof.get());
	}

	/**
	 * Send a statement alone that may wait and run as long as it needs, unless the
	 * application closes.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	void executeUnhurried(String sql) throws SQLException {
		if (!this.settings.lasting()) {
			execute(sql);
			return;
		}
		executeAlone(Unhurried.BEGIN_ALONE);
		try {
			execute(sql);
		}
		catch (SQLException ex) {
			if (answered(ex)) {
				executeAlone(Unhurried.END_ALONE);
			}
			throw ex;
		}
		executeAlone(Unhurried.END_ALONE);
	}

	/**
	 * Check that the run still has its lock, before a statement that no transaction
	 * protects.
	 * @throws FlightFailedException if it has not
	 */
	void requireLock() throws FlightFailedException {
		if (!this.fence.closing().isEmpty()) {
			flight().add(BEGIN_READ_WRITE)
				.addAll(this.settings.afterBegin())
				.addAll(this.fence.closing())
				.add(COMMIT)
				.send();
		}
	}

	/**
	 * Write to the history in a transaction of its own.
	 * @param records the SQL
	 * @throws FlightFailedException if that fails
	 */
	void writeAlone(List<String> records) throws FlightFailedException {
		flight().add(BEGIN_READ_WRITE)
			.addAll(this.settings.afterBegin())
			.addAll(beforeRecord(Duration.ZERO))
			.addAll(records)
			.add(COMMIT)
			.send();
	}

	/**
	 * Write to the history in a transaction of its own that a migration was taken back,
	 * with what is proved of it.
	 * @param records the SQL that comes before the proof
	 * @param step the migration
	 * @throws FlightFailedException if that fails
	 */
	void writeProved(List<String> records, PlanStep step) throws FlightFailedException {
		this.companion.begun();
		Flight flight = flight().add(BEGIN_READ_WRITE)
			.addAll(this.settings.afterBegin())
			.addAll(beforeRecord(Duration.ZERO))
			.addAll(records);
		StepCompanion.Proof proof = StepCompanion.Proof.NONE;
		if (this.companion.proves(step, true)) {
			flight.send();
			try {
				proof = prove(step, true);
			}
			catch (SQLException ex) {
				throw new FlightFailedException(ex, null);
			}
		}
		flight.addAll(reverted(step, proof)).add(COMMIT).send();
		this.companion.committed();
	}

	/**
	 * Roll back the transaction that is open.
	 * @param sql the statement that does it
	 * @throws SQLException if it fails
	 */
	void rollBack(String sql) throws SQLException {
		try {
			flight().addAll(this.settings.beforeRollback()).send();
		}
		catch (FlightFailedException ex) {
			logger.debug("What a rollback does not undo could not be undone", ex.failure());
		}
		executeAlone(sql);
	}

	/**
	 * Describe the failure of a migration.
	 * @param ex what the driver threw
	 * @param step the migration
	 * @param statement the statement that failed, {@code null} if it is unknown
	 * @param copyDataLine the line on which the data of a {@code COPY} begins, 0 without
	 * one
	 * @return what people read
	 */
	SqlFailure describe(SQLException ex, PlanStep step, @Nullable SqlStatement statement, int copyDataLine) {
		SqlFailure failure = (statement != null) ? SqlFailures.describe(ex, step.file(), statement, copyDataLine)
				: SqlFailures.withoutPlace(ex, step.file());
		return this.limits.rowValuesRedacted() ? failure.redacted() : failure;
	}

	/**
	 * Tell that a statement of a migration is about to be sent alone.
	 * @param step the migration
	 * @param number the number of the statement, from 1
	 * @param statement the statement
	 */
	void announce(PlanStep step, int number, SqlStatement statement) {
		this.listener.onSent(List.of(new SentStatement(step, number, statement.sql())));
	}

	/**
	 * Run a {@code COPY … FROM STDIN} with the data that follows it.
	 * @param statement the statement
	 * @param reader the reader that returned it
	 * @throws SQLException if it fails
	 */
	void copyIn(SqlStatement statement, StatementReader reader) throws SQLException {
		this.limits.interruption().allowDuring(this.connection, () -> {
			try {
				this.connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement.sql(), reader.copyData());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * Return whether a transaction block is open, as the server last said.
	 * @return whether one is open
	 * @throws SQLException if the connection is not one of pgjdbc
	 */
	boolean inTransaction() throws SQLException {
		return this.connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
	}

	/**
	 * Wait until everything that was committed is on the disk.
	 * @throws MigrationException if the server does not say so
	 */
	void awaitDurability() {
		try {
			flight().add(BEGIN_READ_WRITE).add(SessionCheck.waiting()).add(COMMIT).send();
		}
		catch (FlightFailedException ex) {
			throw historyFailure(ex.failure(), null);
		}
	}

	/**
	 * Abort the transaction that is open, if there is one; a connection that is gone has
	 * none.
	 * @param failure what made it necessary; a failure to abort is added to it
	 */
	void abort(Throwable failure) {
		try {
			if (inTransaction()) {
				rollBack(ROLLBACK);
			}
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Write to the history in a transaction of its own, after a failure. What cannot be
	 * written is added to the failure: the connection may be gone with it.
	 * @param failure the failure
	 * @param statements the SQL
	 */
	void recordFailure(Throwable failure, List<String> statements) {
		try {
			writeAlone(statements);
		}
		catch (FlightFailedException ex) {
			failure.addSuppressed(ex.failure());
			abort(failure);
		}
	}

	/**
	 * Check that a file was executed as it was planned. A DOWN that comes from the
	 * history cannot change under the lock.
	 * @param step the migration
	 * @param reader the reader that read its statements
	 * @param state what the database's state is if it was not
	 * @throws StepFailedException if the file has changed since
	 */
	static void requireUnchanged(PlanStep step, StatementReader reader, String state) throws StepFailedException {
		if (step.source() == PlanStep.Source.STORED || step.migration() == null
				|| reader.finish().equals(step.migration().checksum())) {
			return;
		}
		SqlFailure failure = new SqlFailure(step.file(), 0, 0, null, null,
				"The file was changed between planning and running it", null, null, null, "Start again.");
		throw new StepFailedException(step, failure, state, null);
	}

	/**
	 * Return whether an error is the server's answer. Otherwise the driver or the network
	 * failed, and what was sent after that may have been done all the same.
	 * @param ex what the driver threw
	 * @return whether the server refused a statement and its session goes on
	 */
	static boolean answered(SQLException ex) {
		String state = String.valueOf(ex.getSQLState());
		return serverMessage(ex) != null && !state.startsWith("08") && !state.startsWith("57P");
	}

	private static @Nullable String serverMessage(SQLException ex) {
		ServerErrorMessage server = (ex instanceof PSQLException error) ? error.getServerErrorMessage() : null;
		return (server != null) ? server.getMessage() : null;
	}

	/**
	 * Translate the failure of a statement of ours.
	 * @param ex what the driver threw
	 * @param step the migration during which it failed, {@code null} if there was none
	 * @return what people read
	 */
	static MigrationException historyFailure(SQLException ex, @Nullable PlanStep step) {
		String during = (step != null) ? " of version \"" + step.version() + "\" (" + step.file() + ")" : "";
		if (LOCK_LOST.equals(ex.getSQLState())) {
			return new HistoryException("The lock of this run is gone and another run has it, so that nothing" + during
					+ " may be recorded: a migration released all advisory locks of its session (DISCARD ALL or "
					+ "pg_advisory_unlock_all).", "Remove that statement from the migration, and start again.", ex);
		}
		String message = serverMessage(ex);
		if (!answered(ex)) {
			return new DatabaseUnreachableException("The connection was lost while the history" + during
					+ " was written: " + ((message != null) ? message : ex.getMessage()) + ".", CONTINUE, ex);
		}
		return new HistoryException("The history" + during + " could not be written: "
				+ ((message != null) ? message : ex.getMessage()) + ".", advice(ex), ex);
	}

	private static String advice(SQLException ex) {
		String state = String.valueOf(ex.getSQLState());
		String advice = Advice.on(state, String.valueOf(ex.getMessage()));
		if (advice != null) {
			return advice;
		}
		return switch (state) {
			case NO_SUCH_TABLE ->
				"If the migration itself drops or renames a table of that name, set veza.migrations.table to another one.";
			case LEASE_LOST -> CONTINUE;
			case ALREADY_THERE -> "Another runner has recorded the version meanwhile: start again.";
			case NO_RIGHT ->
				"Give the user that migrates the right to create and write the history tables in their schema.";
			default -> "Nothing of it is in the database: start again when the cause is gone.";
		};
	}

}
