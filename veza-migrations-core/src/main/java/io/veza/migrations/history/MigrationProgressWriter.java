package io.veza.migrations.history;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.SqlQuoting;

/**
 * Writes, as SQL, how far a non-transactional step of a run has come.
 */
public final class MigrationProgressWriter {

	private static final String BEGIN = """
			INSERT INTO {progress} (version, statement, name, operation)
			VALUES (%s, 0, %s, %s)
			ON CONFLICT (version, statement) DO UPDATE SET error = NULL, occurred_at = pg_catalog.clock_timestamp()""";

	/** Another run that had the lock in between would have cleared the beginning. */
	private static final String STATEMENT_DONE = """
			INSERT INTO {progress} (version, statement, name, operation, checksum)
			VALUES (CASE WHEN {lock} AND EXISTS (SELECT 1 FROM {progress} WHERE version = %1$s AND statement = 0)
				THEN %1$s END, %2$s, %3$s, %4$s, %5$s)""";

	private static final String ATTEMPT = """
			UPDATE {progress}
			SET version = CASE WHEN {lock} THEN version END, attempting = %s, checksum = %s, catalog_before = %s
			WHERE version = %s AND statement = 0""";

	private static final String END_ATTEMPT = """
			UPDATE {progress}
			SET attempting = NULL, checksum = NULL, catalog_before = NULL
			WHERE version = %s AND statement = 0""";

	private static final String FAIL = "UPDATE {progress} SET error = %s WHERE version = %s AND statement = 0";

	private static final String CLEAR = "DELETE FROM {progress} WHERE version = %s";

	private final HistoryStatements statements;

	MigrationProgressWriter(HistoryStatements statements) {
		this.statements = statements;
	}

	/**
	 * Return the note that a step begins or is resumed.
	 * @param operation what is done
	 * @param version the version
	 * @param description the description
	 * @return the SQL
	 */
	public String begun(MigrationOperation operation, MigrationVersion version, String description) {
		return this.statements.filled(BEGIN, SqlQuoting.literal(version.text()), SqlQuoting.literal(description),
				SqlQuoting.literal(operation.id()));
	}

	/**
	 * Return the note that a statement of a step is done.
	 * @param operation what is done
	 * @param version the version
	 * @param description the description
	 * @param number the number of the statement, from 1
	 * @param checksum the checksum of the statement
	 * @return the SQL
	 */
	public String statementDone(MigrationOperation operation, MigrationVersion version, String description, int number,
			Checksum checksum) {
		return this.statements.filled(STATEMENT_DONE, SqlQuoting.literal(version.text()), number,
				SqlQuoting.literal(description), SqlQuoting.literal(operation.id()),
				SqlQuoting.literal(checksum.value()));
	}

	/**
	 * Return the note that a statement of a step is about to be sent.
	 * @param version the version
	 * @param attempt the statement
	 * @return the SQL
	 */
	public String attempting(MigrationVersion version, MigrationProgress.Attempt attempt) {
		return this.statements.filled(ATTEMPT, attempt.statement(), SqlQuoting.literal(attempt.checksum().value()),
				SqlQuoting.literal(attempt.catalogBefore()), SqlQuoting.literal(version.text()));
	}

	/**
	 * Return the note that the outcome of the statement that was sent is known.
	 * @param version the version
	 * @return the SQL
	 */
	public String attemptEnded(MigrationVersion version) {
		return this.statements.filled(END_ATTEMPT, SqlQuoting.literal(version.text()));
	}

	/**
	 * Return the note of why a step stopped.
	 * @param version the version
	 * @param error what went wrong
	 * @return the SQL
	 */
	public String failed(MigrationVersion version, String error) {
		return this.statements.filled(FAIL, SqlQuoting.literal(error), SqlQuoting.literal(version.text()));
	}

	/**
	 * Return the removal of all that is noted of a step, which is settled.
	 * @param version the version
	 * @return the SQL
	 */
	public String cleared(MigrationVersion version) {
		return this.statements.filled(CLEAR, SqlQuoting.literal(version.text()));
	}

}
