package io.veza.migrations.engine;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.execute.Timeouts;
import io.veza.migrations.history.HistoryTables;
import io.veza.migrations.lock.LockOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Migrator} works.
 *
 * @param tables the names of its tables
 * @param outOfOrderAllowed whether a pending migration may be older than the newest
 * applied one
 * @param baselineVersion the version up to which an empty history of a non-empty schema
 * is recorded as applied, {@code null} for none
 * @param singleTransaction whether all pending migrations share one transaction
 * @param lock how it is ensured that one run works at a time
 * @param timeouts how long statements may take
 * @param blockingQueriesShown whether the SQL of sessions that are in the way may be
 * shown
 * @param role the role that migrates, {@code null} for that of the session
 * @param verification how the schema is compared with what is recorded of it
 * @param backup how what a rollback destroys is kept
 * @param rowValuesRedacted whether errors leave out what may be the values of rows
 * @param application the name of the application for the audit log, {@code null} if it
 * has none
 * @since 0.1.0
 */
public record MigratorOptions(HistoryTables tables, boolean outOfOrderAllowed,
		@Nullable MigrationVersion baselineVersion, boolean singleTransaction, LockOptions lock, Timeouts timeouts,
		boolean blockingQueriesShown, @Nullable String role, VerificationOptions verification, BackupOptions backup,
		boolean rowValuesRedacted, @Nullable String application) {

	/**
	 * Create options that verify and keep as if nothing were configured.
	 * @param tables the names of its tables
	 * @param outOfOrderAllowed whether a pending migration may be older than the newest
	 * applied one
	 * @param baselineVersion the version up to which an empty history of a non-empty
	 * schema is recorded as applied, {@code null} for none
	 * @param singleTransaction whether all pending migrations share one transaction
	 * @param lock how it is ensured that one run works at a time
	 * @param timeouts how long statements may take
	 * @param blockingQueriesShown whether the SQL of sessions that are in the way may be
	 * shown
	 * @param role the role that migrates, {@code null} for that of the session
	 * @param application the name of the application for the audit log, {@code null} if
	 * it has none
	 */
	public MigratorOptions(HistoryTables tables, boolean outOfOrderAllowed, @Nullable MigrationVersion baselineVersion,
			boolean singleTransaction, LockOptions lock, Timeouts timeouts, boolean blockingQueriesShown,
			@Nullable String role, @Nullable String application) {
		this(tables, outOfOrderAllowed, baselineVersion, singleTransaction, lock, timeouts, blockingQueriesShown, role,
				VerificationOptions.defaults(), BackupOptions.defaults(), false, application);
	}

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static MigratorOptions defaults() {
		return new MigratorOptions(HistoryTables.defaults(), false, null, false, LockOptions.defaults(),
				Timeouts.defaults(), false, null, null);
	}

	/**
	 * Return these options with other tables.
	 * @param tables the names of the tables
	 * @return the options
	 */
	public MigratorOptions with(HistoryTables tables) {
		return new MigratorOptions(tables, this.outOfOrderAllowed, this.baselineVersion, this.singleTransaction,
				this.lock, this.timeouts, this.blockingQueriesShown, this.role, this.verification, this.backup,
				this.rowValuesRedacted, this.application);
	}

	/**
	 * Return these options with another lock.
	 * @param lock how it is ensured that one run works at a time
	 * @return the options
	 */
	public MigratorOptions with(LockOptions lock) {
		return new MigratorOptions(this.tables, this.outOfOrderAllowed, this.baselineVersion, this.singleTransaction,
				lock, this.timeouts, this.blockingQueriesShown, this.role, this.verification, this.backup,
				this.rowValuesRedacted, this.application);
	}

	/**
	 * Return these options with other timeouts.
	 * @param timeouts how long statements may take
	 * @return the options
	 */
	public MigratorOptions with(Timeouts timeouts) {
		return new MigratorOptions(this.tables, this.outOfOrderAllowed, this.baselineVersion, this.singleTransaction,
				this.lock, timeouts, this.blockingQueriesShown, this.role, this.verification, this.backup,
				this.rowValuesRedacted, this.application);
	}

	/**
	 * Return these options with a role.
	 * @param role the role that migrates
	 * @return the options
	 */
	public MigratorOptions withRole(String role) {
		return new MigratorOptions(this.tables, this.outOfOrderAllowed, this.baselineVersion, this.singleTransaction,
				this.lock, this.timeouts, this.blockingQueriesShown, role, this.verification, this.backup,
				this.rowValuesRedacted, this.application);
	}

	/**
	 * Return these options with another comparison of the schema.
	 * @param verification how the schema is compared
	 * @return the options
	 */
	public MigratorOptions with(VerificationOptions verification) {
		return new MigratorOptions(this.tables, this.outOfOrderAllowed, this.baselineVersion, this.singleTransaction,
				this.lock, this.timeouts, this.blockingQueriesShown, this.role, verification, this.backup,
				this.rowValuesRedacted, this.application);
	}

	/**
	 * Return these options with another backup.
	 * @param backup how what a rollback destroys is kept
	 * @return the options
	 */
	public MigratorOptions with(BackupOptions backup) {
		return new MigratorOptions(this.tables, this.outOfOrderAllowed, this.baselineVersion, this.singleTransaction,
				this.lock, this.timeouts, this.blockingQueriesShown, this.role, this.verification, backup,
				this.rowValuesRedacted, this.application);
	}

}
