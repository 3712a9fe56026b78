package io.veza.migrations.crash;

import io.veza.migrations.BackupMode;
import org.jspecify.annotations.Nullable;

/**
 * What a migrating process is asked to do.
 *
 * @param rollbackTo the version that stays, {@code null} to migrate
 * @param backup how what a rollback destroys is kept
 */
record Operation(@Nullable String rollbackTo, BackupMode backup) {

	static final Operation MIGRATE = new Operation(null, BackupMode.NONE);

	/** Not all DOWNs can be tried out in a savepoint. */
	static Operation rollbackWithoutBackup(String version) {
		return new Operation(version, BackupMode.NONE);
	}

	static Operation rollbackWithBackup(String version) {
		return new Operation(version, BackupMode.IN_DATABASE);
	}

	boolean isRollback() {
		return this.rollbackTo != null;
	}

	@Override
	public String toString() {
		return isRollback() ? "rollback to " + this.rollbackTo : "migrate";
	}

}
