package io.veza.migrations.backup.copy;

import java.sql.SQLException;

import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Tells why something could not be kept, and which ways out there are.
 */
final class BackupFailures {

	static final String OTHER_MODES = "Otherwise ask for the backup \"pg-dump\", or \"none\" if the data may be lost "
			+ "(veza.migrations.backup.mode, or \"backup\" in the request).";

	private static final String NO_RESOURCES = "53";

	private static final String TOO_MUCH = "54";

	private BackupFailures() {
	}

	static BackupFailedException withOtherModes(String problem, String advice, @Nullable Throwable cause) {
		return new BackupFailedException(problem, advice + " " + OTHER_MODES, cause);
	}

	static BackupFailedException changedMeanwhile(String names, @Nullable Throwable cause) {
		return new BackupFailedException("What the rollback destroys changed while it was being kept: " + names + ".",
				"Nothing was rolled back; try again.", cause);
	}

	/**
	 * Return an exception of the server as it is if it says nothing about the backup.
	 * @param ex the exception
	 * @return the same
	 * @throws BackupFailedException if it does
	 */
	static SQLException explained(SQLException ex) {
		String state = SqlState.of(ex);
		String problem = "What the rollback destroys could not be kept in the database: " + ex.getMessage() + ".";
		if (state.equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
			throw withOtherModes(problem, "Grant the role of the migrations what it is denied.", ex);
		}
		// others have renamed or dropped a table that was read a moment ago
		if (state.equals(SqlState.UNDEFINED_TABLE)) {
			throw changedMeanwhile(String.valueOf(ex.getMessage()), ex);
		}
		if (state.startsWith(NO_RESOURCES)) {
			throw withOtherModes(problem, "Give the server what it lacks.", ex);
		}
		if (state.startsWith(TOO_MUCH)) {
			throw new BackupFailedException(problem, OTHER_MODES.replace("Otherwise ask", "Ask"), ex);
		}
		return ex;
	}

}
