package io.veza.migrations.backup;

import java.sql.SQLException;

import io.veza.migrations.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Tells why something could not be kept, and which ways out there are.
 */
final class BackupFailures {

	static final String OTHER_MODES = "Otherwise ask for the backup \"pg-dump\", or \"none\" if the data may be lost "
			+ "(veza.migrations.backup.mode, or \"backup\" in the request).";

	private static final String NO_RIGHT = "42501";

	/** Others have renamed or dropped what was found a moment ago. */
	private static final String NO_TABLE = "42P01";

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
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		String problem = "What the rollback destroys could not be kept in the database: " + ex.getMessage() + ".";
		if (state.equals(NO_RIGHT)) {
			throw withOtherModes(problem, "Grant the role of the migrations what it is denied.", ex);
		}
		if (state.equals(NO_TABLE)) {
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
