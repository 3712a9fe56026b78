package io.veza.migrations.execute.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.execute.ServerErrorKinds;
import io.veza.migrations.execute.StatementInterruption;
import io.veza.migrations.session.DriverConnection;
import io.veza.migrations.session.SessionSettings;
import io.veza.migrations.session.WithoutTimeouts;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a run, which sends statements together or alone. Statements of
 * migrations can be cancelled, those of ours cannot.
 */
public final class RunConnection {

	private static final Logger logger = LoggerFactory.getLogger(RunConnection.class);

	private final Connection connection;

	private final SessionSettings settings;

	private final StatementInterruption interruption;

	private final Consumer<List<SentMigrationStatement>> listener;

	/**
	 * Create a new instance.
	 * @param connection the connection, in autocommit mode: transactions are opened and
	 * closed by statements
	 * @param settings the settings of its session
	 * @param interruption cancels statements of migrations when the application closes
	 * @param listener is told what is about to be sent
	 */
	public RunConnection(Connection connection, SessionSettings settings, StatementInterruption interruption,
			Consumer<List<SentMigrationStatement>> listener) {
		this.connection = connection;
		this.settings = settings;
		this.interruption = interruption;
		this.listener = listener;
	}

	/**
	 * Return the connection itself, for those who ask the catalogs on it.
	 * @return the connection
	 */
	public Connection jdbc() {
		return this.connection;
	}

	/**
	 * Return whether the session belongs to the run alone.
	 * @return whether it keeps what is set for it
	 */
	public boolean isLasting() {
		return this.settings.lasting();
	}

	/**
	 * Return an empty pipeline.
	 * @return the pipeline
	 */
	public StatementPipeline pipeline() {
		return pipeline(this.listener, (answered) -> {
		});
	}

	/**
	 * Return an empty pipeline whose progress somebody follows.
	 * @param sent is told what is about to be sent
	 * @param answered is told which statements the server has run, also if a later one
	 * failed
	 * @return the pipeline
	 */
	public StatementPipeline pipeline(Consumer<List<SentMigrationStatement>> sent,
			Consumer<List<PipelineEntry>> answered) {
		return new StatementPipeline(new JdbcBatchSender(this.connection, this.interruption, answered), sent);
	}

	/**
	 * Tell that a statement of a migration is about to be sent alone.
	 * @param step the migration
	 * @param number the number of the statement, from 1
	 * @param statement the statement
	 */
	public void announce(PlanStep step, int number, SqlStatement statement) {
		this.listener.accept(List.of(new SentMigrationStatement(step, number, statement.sql())));
	}

	/**
	 * Send a statement of a migration alone: it is cancelled when the application closes.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	public void execute(String sql) throws SQLException {
		interruptibly(() -> executeOurs(sql));
	}

	/**
	 * Send a statement of ours alone.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	public void executeOurs(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	/**
	 * Send a statement alone that may wait and run as long as it needs, unless the
	 * application closes.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	public void executeWithoutTimeouts(String sql) throws SQLException {
		if (!isLasting()) {
			execute(sql);
			return;
		}
		executeOurs(WithoutTimeouts.BEGIN_ALONE);
		try {
			execute(sql);
		}
		catch (SQLException ex) {
			if (ServerErrorKinds.isAnswer(ex)) {
				executeOurs(WithoutTimeouts.END_ALONE);
			}
			throw ex;
		}
		executeOurs(WithoutTimeouts.END_ALONE);
	}

	/**
	 * Run a {@code COPY … FROM STDIN} with the data that follows it.
	 * @param statement the statement
	 * @param reader the reader that returned it
	 * @throws SQLException if it fails
	 */
	public void copyIn(SqlStatement statement, StatementReader reader) throws SQLException {
		interruptibly(() -> {
			try {
				this.connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement.sql(), reader.copyData());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * Do something on the connection that is cancelled when the application closes.
	 * @param <E> what it throws besides
	 * @param work does it
	 * @throws SQLException if the server refuses it
	 * @throws E if it fails otherwise
	 */
	public <E extends Exception> void interruptibly(StatementInterruption.Work<E> work) throws SQLException, E {
		this.interruption.allowDuring(this.connection, work);
	}

	/**
	 * Return whether a transaction block is open, as the server last said.
	 * @return whether one is open
	 * @throws SQLException if the connection is not one of pgjdbc
	 */
	public boolean isInTransaction() throws SQLException {
		return DriverConnection.of(this.connection).isInTransaction();
	}

	/**
	 * Roll back the transaction that is open.
	 * @param sql the statement that does it
	 * @throws SQLException if it fails
	 */
	public void rollBack(String sql) throws SQLException {
		try {
			pipeline().addAll(this.settings.beforeRollback()).send();
		}
		catch (PipelineFailedException ex) {
			logger.debug("What a rollback does not undo could not be undone", ex.failure());
		}
		executeOurs(sql);
	}

	/**
	 * Abort the transaction that is open, if there is one; a connection that is gone has
	 * none.
	 * @param failure what made it necessary; a failure to abort is added to it
	 */
	public void abort(Throwable failure) {
		try {
			if (isInTransaction()) {
				rollBack(TransactionControlStatements.ROLLBACK);
			}
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

}
