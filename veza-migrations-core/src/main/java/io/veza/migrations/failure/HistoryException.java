package io.veza.migrations.failure;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A history that cannot be used: somebody has to settle something first, or the server
 * failed.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public abstract sealed class HistoryException extends MigrationException
		permits HistoryRefusedException, HistoryFailedException {

	private static final String ACTION = "Look at the tables that veza.migrations.schema, table, events-table and "
			+ "progress-table name, and at the privileges of the user that migrates.";

	HistoryException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	HistoryException(String problem, String action, @Nullable Throwable cause) {
		super(problem, action, cause);
	}

	@Override
	public String description() {
		String heading = super.action().isPresent() ? "Migrations cannot run"
				: "The history of the migrations cannot be used";
		return heading + ":\n\n" + problem();
	}

	@Override
	public Optional<String> action() {
		return super.action().or(() -> Optional.of(ACTION));
	}

}
