package io.veza.migrations.execute;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.PlanStep;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;

/**
 * The conditions under which a migration begins, goes on and ends.
 *
 * @param cancellation the wish that the run ends early
 */
public record StepPreconditionCheck(CancellationToken cancellation) {

	/**
	 * Check that the application does not close.
	 * @param step the migration that would be next
	 * @throws StepFailedException if it does
	 */
	public void requireOpen(PlanStep step) throws StepFailedException {
		if (this.cancellation.isRequested()) {
			throw StepFailedException.notBegun(step);
		}
	}

	/**
	 * Check that the application does not close.
	 * @param step the migration
	 * @param statement the statement of the migration that would be next
	 * @param state what the database's state is if the run ends here
	 * @throws StepFailedException if it does
	 */
	public void requireOpen(PlanStep step, SqlStatement statement, String state) throws StepFailedException {
		if (this.cancellation.isRequested()) {
			throw new StepFailedException(step, SqlFailureReader.notBegun(step.file(), statement), state, null);
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
	public static void requireUnchanged(PlanStep step, StatementReader reader, String state)
			throws StepFailedException {
		if (step.source() == PlanStep.Source.STORED || step.migration() == null
				|| reader.finish().equals(step.migration().checksum())) {
			return;
		}
		SqlFailure failure = new SqlFailure(step.file(), 0, 0, null, null,
				"The file was changed between planning and running it", null, null, null, "Start again.");
		throw new StepFailedException(step, failure, state, null);
	}

}
