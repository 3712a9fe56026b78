package io.veza.migrations.crash;

import org.jspecify.annotations.Nullable;

/**
 * What a migrating process is asked to do.
 *
 * @param rollbackTo the version that stays, {@code null} to migrate
 */
record Operation(@Nullable String rollbackTo) {

	static final Operation MIGRATE = new Operation(null);

	boolean isRollback() {
		return this.rollbackTo != null;
	}

	@Override
	public String toString() {
		return isRollback() ? "rollback to " + this.rollbackTo : "migrate";
	}

}
