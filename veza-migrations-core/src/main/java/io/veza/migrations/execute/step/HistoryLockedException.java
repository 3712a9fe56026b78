package io.veza.migrations.execute.step;

import java.sql.SQLException;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.LockRetryAttempts.Decision;
import io.veza.migrations.execute.LockRetryAttempts.Next;
import io.veza.migrations.execute.SqlFailureReader;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.HistoryFailedException;
import io.veza.migrations.sql.SqlFailure;

/**
 * The end of the attempts to write to the history, because another session keeps one of
 * its tables locked. The transaction of the write was rolled back.
 */
@SuppressWarnings("serial")
public final class HistoryLockedException extends Exception {

	private final SQLException refusal;

	private final SqlFailure failure;

	HistoryLockedException(SQLException cause, Next last) {
		super(cause);
		this.refusal = cause;
		boolean closing = last.decision() == Decision.APPLICATION_CLOSES;
		SqlFailure described = SqlFailureReader.withoutPlace(cause, "");
		this.failure = new SqlFailure("", 0, 0, null, described.sqlState(),
				(closing ? "The application was closing, so that the history was not written: "
						: "The history could not be written: ") + SqlFailureReader.message(cause),
				"Tried " + last.attempts() + " time(s), in the way: " + last.blockers(), null, null,
				closing ? SqlFailureReader.AGAIN : described.advice());
	}

	/**
	 * Return this failure as one of a migration.
	 * @param step the migration
	 * @param state what the database's state is
	 * @return the failure, which is not tried again
	 */
	public StepFailedException toStepFailure(PlanStep step, String state) {
		SqlFailure of = new SqlFailure(step.file(), 0, 0, null, this.failure.sqlState(), this.failure.message(),
				this.failure.detail(), null, null, this.failure.advice());
		return new StepFailedException(step, of, state, this);
	}

	/**
	 * Return this failure as one that belongs to no migration.
	 * @return the failure
	 */
	public HistoryException toHistoryFailure() {
		return new HistoryFailedException(this.failure.message() + ". " + this.failure.detail() + ".",
				String.valueOf(this.failure.advice()), this.refusal);
	}

}
