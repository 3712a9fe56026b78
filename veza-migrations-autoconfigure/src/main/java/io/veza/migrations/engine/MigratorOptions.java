package io.veza.migrations.engine;

import java.time.Duration;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.history.HistoryTables;
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
 * @param lockWait how long to wait while another process runs migrations
 * @param application the name of the application for the audit log, {@code null} if it
 * has none
 * @since 0.1.0
 */
public record MigratorOptions(HistoryTables tables, boolean outOfOrderAllowed,
		@Nullable MigrationVersion baselineVersion, boolean singleTransaction, Duration lockWait,
		@Nullable String application) {

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static MigratorOptions defaults() {
		return new MigratorOptions(HistoryTables.defaults(), false, null, false, Duration.ofMinutes(10), null);
	}

}
