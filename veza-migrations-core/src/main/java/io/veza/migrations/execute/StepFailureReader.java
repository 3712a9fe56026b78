package io.veza.migrations.execute;

import java.sql.SQLException;

import io.veza.migrations.PlanStep;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Reader of the errors that migrations meet. It leaves out what may be private.
 *
 * @param rowValuesRedacted whether to leave out what may be the values of rows
 */
public record StepFailureReader(boolean rowValuesRedacted) {

	/**
	 * Describe the failure of a migration.
	 * @param ex what the driver threw
	 * @param step the migration
	 * @return what people read
	 */
	public SqlFailure read(SQLException ex, PlanStep step) {
		return read(ex, step, null, 0);
	}

	/**
	 * Describe the failure of a statement of a migration.
	 * @param ex what the driver threw
	 * @param step the migration
	 * @param statement the statement that failed, {@code null} if it is unknown
	 * @param copyDataLine the line on which the data of a {@code COPY} begins, 0 without
	 * one
	 * @return what people read
	 */
	public SqlFailure read(SQLException ex, PlanStep step, @Nullable SqlStatement statement, int copyDataLine) {
		SqlFailure failure = (statement != null) ? SqlFailureReader.describe(ex, step.file(), statement, copyDataLine)
				: SqlFailureReader.withoutPlace(ex, step.file());
		return this.rowValuesRedacted ? failure.redacted() : failure;
	}

}
