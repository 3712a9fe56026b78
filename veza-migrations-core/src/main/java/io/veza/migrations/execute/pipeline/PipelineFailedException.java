package io.veza.migrations.execute.pipeline;

import java.sql.SQLException;

import io.veza.migrations.execute.ServerErrorKinds;
import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a statement of a pipeline.
 */
@SuppressWarnings("serial")
public final class PipelineFailedException extends Exception {

	private final SQLException failure;

	private final @Nullable PipelineEntry entry;

	/**
	 * Create a new instance.
	 * @param failure what the driver threw
	 * @param entry the statement that failed, {@code null} if that is unknown because the
	 * connection was lost
	 */
	public PipelineFailedException(SQLException failure, @Nullable PipelineEntry entry) {
		super(failure);
		this.failure = failure;
		this.entry = entry;
	}

	/**
	 * Return whether the session is not as it has to be: a migration before has changed
	 * it, be it only its timeouts, or has forgotten what is prepared in it.
	 * @param closing whether the application closes, which cancels statements as well
	 * @return whether the session has to be put back
	 */
	public boolean isSessionChanged(boolean closing) {
		if (this.entry == null || !this.entry.ours() || !ServerErrorKinds.isAnswer(this.failure)
				|| ServerErrorKinds.isLockNotAvailable(this.failure)) {
			return false;
		}
		return switch (this.entry.kind()) {
			case CHECK -> !ServerErrorKinds.isCancelled(this.failure) || !closing;
			case RECORD -> SqlState.INVALID_SQL_STATEMENT_NAME.equals(SqlState.of(this.failure));
			case MIGRATION, COMPLETION, OTHER -> false;
		};
	}

	/**
	 * Return whether this is a failure of the history, and not of a migration or of
	 * something outside of both.
	 * @return whether a statement of ours failed by itself
	 */
	public boolean isOfHistory() {
		return this.entry != null && this.entry.ours() && !ServerErrorKinds.comesFromOutside(this.failure);
	}

	/**
	 * Return what the driver threw.
	 * @return the failure
	 */
	public SQLException failure() {
		return this.failure;
	}

	/**
	 * Return which statement failed.
	 * @return the statement, {@code null} if that is unknown because the connection was
	 * lost
	 */
	public @Nullable PipelineEntry entry() {
		return this.entry;
	}

}
