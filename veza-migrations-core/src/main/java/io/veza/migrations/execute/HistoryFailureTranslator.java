package io.veza.migrations.execute;

import java.sql.SQLException;

import io.veza.migrations.PlanStep;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryFailedException;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Translator of errors that statements of ours meet, which concern the history and not a
 * migration.
 */
public final class HistoryFailureTranslator {

	private static final String CONTINUE = "Start again: the history says where to continue.";

	private HistoryFailureTranslator() {
	}

	/**
	 * Translate the failure of a statement of ours.
	 * @param ex what the driver threw
	 * @param step the migration during which it failed, {@code null} if there was none
	 * @return what people read
	 */
	public static MigrationException translate(SQLException ex, @Nullable PlanStep step) {
		String during = (step != null) ? " of version \"" + step.version() + "\" (" + step.file() + ")" : "";
		// the condition in the event's version, which is NOT NULL, was not met
		if (SqlState.NOT_NULL_VIOLATION.equals(SqlState.of(ex))) {
			return new HistoryRefusedException("The lock of this run is gone and another run has it, so that nothing"
					+ during
					+ " may be recorded: a migration released all advisory locks of its session (DISCARD ALL or "
					+ "pg_advisory_unlock_all).", "Remove that statement from the migration, and start again.", ex);
		}
		String message = SqlFailureReader.message(ex);
		if (!ServerErrorKinds.isAnswer(ex)) {
			return new DatabaseUnreachableException(
					"The connection was lost while the history" + during + " was written: " + message + ".", CONTINUE,
					ex);
		}
		String problem = "The history" + during + " could not be written: " + message + ".";
		return SqlState.READ_ONLY_SQL_TRANSACTION.equals(SqlState.of(ex))
				? new HistoryRefusedException(problem, advice(ex), ex)
				: new HistoryFailedException(problem, advice(ex), ex);
	}

	private static String advice(SQLException ex) {
		String state = SqlState.of(ex);
		String advice = SqlErrorAdvice.on(state, String.valueOf(ex.getMessage()));
		if (advice != null) {
			return advice;
		}
		return switch (state) {
			case SqlState.UNDEFINED_TABLE ->
				"If the migration itself drops or renames a table of that name, set veza.migrations.table to another one.";
			case SqlState.LEASE_LOST -> CONTINUE;
			case SqlState.UNIQUE_VIOLATION -> "Another runner has recorded the version meanwhile: start again.";
			case SqlState.INSUFFICIENT_PRIVILEGE ->
				"Give the user that migrates the right to create and write the history tables in their schema.";
			default -> "Nothing of it is in the database: start again when the cause is gone.";
		};
	}

}
