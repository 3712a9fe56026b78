package io.veza.migrations.history;

import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.history.HistoryWriter.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * The values of an event that the run as a whole does not share.
 *
 * @param phase whether it is a beginning or an end
 * @param operation what is done
 * @param outcome how it ended, {@code null} at the beginning
 * @param durationMs the SQL of how long it took
 * @param reason why it was done, {@code null} for the reason of the run
 * @param error what went wrong, {@code null} if nothing did
 * @param evidence the SQL of what is known of a rollback, see
 * {@link HistoryStatements#values(Evidence)}
 */
record HistoryEventValues(String phase, String operation, @Nullable String outcome, String durationMs,
		@Nullable String reason, @Nullable String error, List<String> evidence) {

	private static final String FINISHED = "finished";

	private static final String SUCCESS = "success";

	private static final List<String> NO_EVIDENCE = HistoryStatements.values(Evidence.NONE);

	HistoryEventValues {
		evidence = List.copyOf(evidence);
	}

	static HistoryEventValues started(MigrationOperation operation) {
		return new HistoryEventValues("started", operation.id(), null, "NULL", null, null, NO_EVIDENCE);
	}

	static HistoryEventValues succeeded(MigrationOperation operation, String durationMs) {
		return succeeded(operation, durationMs, NO_EVIDENCE);
	}

	static HistoryEventValues succeeded(MigrationOperation operation, String durationMs, List<String> evidence) {
		return new HistoryEventValues(FINISHED, operation.id(), SUCCESS, durationMs, null, null, evidence);
	}

	static HistoryEventValues failed(MigrationOperation operation, String durationMs, String error) {
		return new HistoryEventValues(FINISHED, operation.id(), "failure", durationMs, null, error, NO_EVIDENCE);
	}

	/**
	 * Return the values of something that is done at once and is no operation that can be
	 * asked for.
	 * @param operation what was done
	 * @param reason why
	 * @return the values
	 */
	static HistoryEventValues noted(String operation, String reason) {
		return new HistoryEventValues(FINISHED, operation, SUCCESS, "0", reason, null, NO_EVIDENCE);
	}

}
