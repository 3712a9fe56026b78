package io.veza.migrations.engine.options;

import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.lock.RunLockOptions;

/**
 * Options for a {@link io.veza.migrations.engine.Migrator}.
 *
 * @param tables the names of its tables
 * @param planning what a plan to migrate holds
 * @param lock how it is ensured that one run works at a time
 * @param timeouts how long statements may take
 * @param session the session of a run
 * @param verification how the schema is compared with what is recorded of it
 * @param backup how the data that a rollback destroys is kept
 * @since 0.1.0
 */
public record MigratorOptions(HistoryTableNames tables, PlanningOptions planning, RunLockOptions lock,
		StatementTimeouts timeouts, SessionOptions session, VerificationOptions verification, BackupOptions backup) {

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static MigratorOptions defaults() {
		return new MigratorOptions(HistoryTableNames.defaults(), PlanningOptions.defaults(), RunLockOptions.defaults(),
				StatementTimeouts.defaults(), SessionOptions.defaults(), VerificationOptions.defaults(),
				BackupOptions.defaults());
	}

	/**
	 * Return these options with other tables.
	 * @param tables the names of the tables
	 * @return the options
	 */
	public MigratorOptions with(HistoryTableNames tables) {
		return new MigratorOptions(tables, this.planning, this.lock, this.timeouts, this.session, this.verification,
				this.backup);
	}

	/**
	 * Return these options with other plans.
	 * @param planning what a plan to migrate holds
	 * @return the options
	 */
	public MigratorOptions with(PlanningOptions planning) {
		return new MigratorOptions(this.tables, planning, this.lock, this.timeouts, this.session, this.verification,
				this.backup);
	}

	/**
	 * Return these options with another lock.
	 * @param lock how it is ensured that one run works at a time
	 * @return the options
	 */
	public MigratorOptions with(RunLockOptions lock) {
		return new MigratorOptions(this.tables, this.planning, lock, this.timeouts, this.session, this.verification,
				this.backup);
	}

	/**
	 * Return these options with other timeouts.
	 * @param timeouts how long statements may take
	 * @return the options
	 */
	public MigratorOptions with(StatementTimeouts timeouts) {
		return new MigratorOptions(this.tables, this.planning, this.lock, timeouts, this.session, this.verification,
				this.backup);
	}

	/**
	 * Return these options with another session.
	 * @param session the session of a run
	 * @return the options
	 */
	public MigratorOptions with(SessionOptions session) {
		return new MigratorOptions(this.tables, this.planning, this.lock, this.timeouts, session, this.verification,
				this.backup);
	}

	/**
	 * Return these options with another comparison of the schema.
	 * @param verification how the schema is compared
	 * @return the options
	 */
	public MigratorOptions with(VerificationOptions verification) {
		return new MigratorOptions(this.tables, this.planning, this.lock, this.timeouts, this.session, verification,
				this.backup);
	}

	/**
	 * Return these options with another backup.
	 * @param backup how the data that a rollback destroys is kept
	 * @return the options
	 */
	public MigratorOptions with(BackupOptions backup) {
		return new MigratorOptions(this.tables, this.planning, this.lock, this.timeouts, this.session,
				this.verification, backup);
	}

}
