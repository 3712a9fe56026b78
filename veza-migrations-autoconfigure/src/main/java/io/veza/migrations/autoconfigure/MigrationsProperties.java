package io.veza.migrations.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.autoconfigure.startup.HeldPolicy;
import io.veza.migrations.autoconfigure.startup.StartupFailurePolicy;
import io.veza.migrations.autoconfigure.startup.StartupMode;
import io.veza.migrations.autoconfigure.startup.StartupOptions;
import io.veza.migrations.autoconfigure.startup.StartupPhase;
import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.backup.pgdump.PgDumpOptions;
import io.veza.migrations.engine.options.DriftPolicy;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.PlanningOptions;
import io.veza.migrations.engine.options.SessionOptions;
import io.veza.migrations.engine.options.VerificationOptions;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.lock.RunLockOptions;
import io.veza.migrations.lock.RunLockStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The properties of an application that is migrated. A blank text counts as not set.
 *
 * @param enabled Whether to migrate the database.
 * @param locations Locations of the migration files, sub-folders included.
 * @param schema Schema of the history, events and progress tables, created if missing. It
 * heads the search path of the migrations.
 * @param table Name of the history table.
 * @param eventsTable Name of the events table.
 * @param progressTable Name of the progress table.
 * @param mode What a start does: apply what is pending, fail if anything is pending, wait
 * until another process has applied all, or nothing.
 * @param startupPhase When a start migrates: when the application is ready, or before
 * every bean that depends on database initialization.
 * @param onFailure What a start does when migrations fail: stop the application, or keep
 * it up without traffic.
 * @param onHeld What a start does when the newest migrations were rolled back: go on, or
 * keep the application up without traffic.
 * @param releaseHeld Whether a start may apply again what was rolled back. Set it for one
 * start.
 * @param outOfOrder What to do with a pending migration that is older than the newest
 * applied one.
 * @param baselineVersion Version up to which the migrations of a database that has tables
 * but no history count as applied. Quote it in YAML.
 * @param url JDBC URL of the database to migrate. Uses the application's DataSource if
 * not set.
 * @param username User that migrates. Uses that of the application's DataSource if not
 * set.
 * @param password Password of the user that migrates.
 * @param role Role that migrates (SET ROLE). Uses that of the user if not set.
 * @param singleTransaction Whether all pending migrations share one transaction.
 * @param lock One run at a time.
 * @param lockTimeout How long a statement may queue for a lock before it steps back and
 * is tried again. Zero means for ever.
 * @param lockRetryFor How long to keep trying to get a lock.
 * @param statementTimeout How long a statement may run. Follows the settings of the
 * session if not set.
 * @param showBlockingQueries Whether the log and the endpoint show the SQL of sessions
 * that are in the way.
 * @param backup What is kept before a rollback destroys it.
 * @param rollback How the latest migrations are taken back.
 * @param drift What to do when the schema is not as the newest run left it.
 * @param driftAtStart Whether to compare the schema also when nothing is pending.
 * @param redactRowValues Whether errors leave out what may be the values of rows.
 * @since 0.1.0
 */
@ConfigurationProperties(MigrationsProperties.PREFIX)
public record MigrationsProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("classpath:db/migrations") List<String> locations, @Nullable String schema,
		@DefaultValue(HistoryTableNames.DEFAULT_HISTORY) String table,
		@DefaultValue(HistoryTableNames.DEFAULT_EVENTS) String eventsTable,
		@DefaultValue(HistoryTableNames.DEFAULT_PROGRESS) String progressTable,
		@DefaultValue("migrate") StartupMode mode, @DefaultValue("application-ready") StartupPhase startupPhase,
		@DefaultValue("shutdown") StartupFailurePolicy onFailure, @DefaultValue("accept-traffic") HeldPolicy onHeld,
		@DefaultValue("false") boolean releaseHeld, @DefaultValue("refuse") OutOfOrder outOfOrder,
		@Nullable String baselineVersion, @Nullable String url, @Nullable String username, @Nullable String password,
		@Nullable String role, @DefaultValue("false") boolean singleTransaction, @DefaultValue LockProperties lock,
		@DefaultValue("500ms") Duration lockTimeout, @DefaultValue("5m") Duration lockRetryFor,
		@Nullable Duration statementTimeout, @DefaultValue("false") boolean showBlockingQueries,
		@DefaultValue BackupProperties backup, @DefaultValue RollbackProperties rollback,
		@DefaultValue("warn") DriftPolicy drift, @DefaultValue("false") boolean driftAtStart,
		@DefaultValue("false") boolean redactRowValues) {

	static final String PREFIX = "veza.migrations";

	private static final int MAX_IDENTIFIER_BYTES = 63;

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);

	public MigrationsProperties {
		locations = List.copyOf(locations);
		schema = textOrNull(schema);
		baselineVersion = textOrNull(baselineVersion);
		url = textOrNull(url);
		username = textOrNull(username);
		password = textOrNull(password);
		role = textOrNull(role);
		requireTimeout("lock-timeout", lockTimeout, "500ms, or 0s to queue for ever");
		requireTimeout("lock-retry-for", lockRetryFor, "5m, or 0s to try once");
		requireTimeout("statement-timeout", statementTimeout, "10m");
		if (role != null) {
			requireIdentifier("role", role);
		}
		requireLocations(locations);
		requireTables(schema, table, eventsTable, progressTable);
		requireConnection(url, username, password);
		require(!backup.schema().equals(schema), "backup.schema", "\"" + schema
				+ "\" is the schema of the history as well, which others may read. Choose a schema for backups alone.");
		require(baselineVersion == null || MigrationVersion.isVersion(baselineVersion), "baseline-version",
				"\"" + baselineVersion + "\" is not a version. "
						+ "Write digits, optionally dotted, and quote them in YAML, such as \"010\".");
		require(mode != StartupMode.WAIT || startupPhase != StartupPhase.DATABASE_INITIALIZATION, "mode",
				"\"wait\" does not go with veza.migrations.startup-phase \"database-initialization\". "
						+ "Wait in the phase \"application-ready\", or use the mode \"validate\".");
	}

	StartupOptions toStartupOptions() {
		return new StartupOptions(this.mode, this.onFailure, this.onHeld, this.releaseHeld);
	}

	MigratorOptions toOptions(@Nullable String application) {
		HistoryTableNames tables = new HistoryTableNames(this.schema, this.table, this.eventsTable, this.progressTable);
		MigrationVersion baseline = (this.baselineVersion != null) ? MigrationVersion.of(this.baselineVersion) : null;
		return new MigratorOptions(tables,
				new PlanningOptions(this.outOfOrder == OutOfOrder.ALLOW, baseline, this.singleTransaction),
				new RunLockOptions(this.lock.maxWait(), this.lock.strategy()),
				new StatementTimeouts(this.lockTimeout, this.lockRetryFor, this.statementTimeout),
				new SessionOptions(this.role, application, this.showBlockingQueries, this.redactRowValues),
				new VerificationOptions(this.drift, this.driftAtStart,
						this.rollback.onDifference() == OnDifference.ABORT),
				this.backup.toOptions());
	}

	/** PostgreSQL counts timeouts in milliseconds, in 31 bits. */
	private static void requireTimeout(String property, @Nullable Duration timeout, String example) {
		require(timeout == null || (!timeout.isNegative() && timeout.compareTo(LONGEST_TIMEOUT) <= 0
				&& (timeout.isZero() || timeout.toMillis() > 0)), property,
				"\"" + timeout + "\" is not between 1 ms and 24 days. Write a duration such as " + example + ".");
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

	private static void requireLocations(List<String> locations) {
		require(!locations.isEmpty(), "locations",
				"no location is given. Name at least one, such as classpath:db/migrations.");
		require(locations.stream().allMatch(StringUtils::hasText), "locations",
				"a location is blank. Remove it, or name a location such as classpath:db/migrations.");
	}

	private static void requireTables(@Nullable String schema, String table, String eventsTable, String progressTable) {
		if (schema != null) {
			requireIdentifier("schema", schema);
		}
		requireIdentifier("table", table);
		requireIdentifier("events-table", eventsTable);
		requireIdentifier("progress-table", progressTable);
		require(Set.copyOf(List.of(table, eventsTable, progressTable)).size() == 3, "table",
				"the history, events and progress tables \"" + table + "\", \"" + eventsTable + "\" and \""
						+ progressTable + "\" share a name. Give each a name of its own.");
	}

	private static void requireIdentifier(String property, String name) {
		require(StringUtils.hasText(name) && name.indexOf('\0') < 0, property,
				"\"" + name + "\" is not a name. Write the name as it is, without quotes.");
		int length = name.getBytes(StandardCharsets.UTF_8).length;
		require(length <= MAX_IDENTIFIER_BYTES, property, "\"" + name + "\" has " + length
				+ " bytes. Choose a name of at most 63, which is the longest that PostgreSQL takes.");
	}

	private static void requireConnection(@Nullable String url, @Nullable String username, @Nullable String password) {
		require(url == null || url.startsWith("jdbc:"), "url",
				"the text does not begin with \"jdbc:\". Write a JDBC URL such as jdbc:postgresql://host:5432/database.");
		require(url == null || url.contains("postgresql:"), "url",
				"the URL is not one of PostgreSQL. Write a JDBC URL such as jdbc:postgresql://host:5432/database.");
		require(password == null || username != null || url != null, "password",
				"a password is set for nobody. Set veza.migrations.username as well.");
	}

	/** Without the connection: a URL may hold a password too. */
	@Override
	public String toString() {
		return "MigrationsProperties[locations=" + this.locations + ", mode=" + this.mode + ", startupPhase="
				+ this.startupPhase + "]";
	}

	private static void require(boolean expression, String property, String message) {
		Assert.isTrue(expression, () -> PREFIX + "." + property + ": " + message);
	}

	/**
	 * The answer to a pending migration that is older than the newest applied one.
	 */
	public enum OutOfOrder {

		/** Refuse to run. */
		REFUSE,

		/** Apply it. */
		ALLOW

	}

	/**
	 * The lock that lets one run work at a time.
	 *
	 * @param maxWait How long to wait while another process runs migrations.
	 * @param strategy What ensures that one run works at a time: an advisory lock of the
	 * session, or a lease for poolers that share sessions. Chosen by itself if not set.
	 */
	public record LockProperties(@Name("wait") @DefaultValue("10m") Duration maxWait,
			@Nullable RunLockStrategy strategy) {

		public LockProperties {
			require(!maxWait.isNegative(), "lock.wait",
					"\"" + maxWait + "\" is negative. Write a duration such as 10m, or 0s not to wait.");
		}

	}

	/**
	 * The answer to a rollback that does not restore the schema.
	 */
	public enum OnDifference {

		/** Say what differs. */
		REPORT,

		/** Take the rollback back, as far as it runs in a transaction. */
		ABORT

	}

	/**
	 * The way in which the latest migrations are rolled back.
	 *
	 * @param tokenRequired Whether a rollback over HTTP or JMX must hand back the token
	 * of its plan.
	 * @param onDifference What to do when a rollback does not bring the schema back to
	 * where it was.
	 */
	public record RollbackProperties(@DefaultValue("true") boolean tokenRequired,
			@DefaultValue("report") OnDifference onDifference) {

	}

	/**
	 * The backup that is made before a rollback.
	 *
	 * @param mode Where to keep what a rollback destroys: in a schema of the same
	 * database, in a file that pg_dump writes, or nowhere.
	 * @param schema Schema that keeps it, created if missing.
	 * @param maxSize How much to keep in the database at most. A rollback that destroys
	 * more is refused.
	 * @param retention How long to keep a backup. Kept for ever if not set.
	 * @param directory Directory of the files that pg_dump writes, relative to the
	 * working directory, created if missing.
	 * @param pgDump Files that pg_dump writes.
	 */
	public record BackupProperties(@DefaultValue("in-database") BackupMode mode,
			@DefaultValue(BackupOptions.DEFAULT_SCHEMA) String schema, @DefaultValue("1GB") DataSize maxSize,
			@Nullable Duration retention, @DefaultValue("backups") String directory,
			@DefaultValue PgDumpProperties pgDump) {

		public BackupProperties {
			requireIdentifier("backup.schema", schema);
			require(!schema.startsWith("pg_"), "backup.schema",
					"\"" + schema + "\" begins with \"pg_\", which PostgreSQL keeps for itself. Choose another name.");
			require(maxSize.toBytes() > 0, "backup.max-size",
					"\"" + maxSize + "\" is not a size. Write one such as 1GB, or choose another backup.mode.");
			require(retention == null || (!retention.isNegative() && !retention.isZero()), "backup.retention",
					"\"" + retention + "\" keeps nothing. Write a duration such as 30d, or leave it out to keep all.");
			require(isPath(directory), "backup.directory",
					"\"" + directory + "\" is not a directory. Write a path such as /var/backups/app.");
		}

		BackupOptions toOptions() {
			return new BackupOptions(this.mode, this.schema, this.maxSize.toBytes(), this.retention,
					this.pgDump.toOptions(Path.of(this.directory), this.retention));
		}

		private static boolean isPath(String text) {
			try {
				return StringUtils.hasText(text) && !Path.of(text).toString().isEmpty();
			}
			catch (InvalidPathException ex) {
				return false;
			}
		}

	}

	/**
	 * Files that pg_dump writes.
	 *
	 * @param command Name of the pg_dump program, found on the PATH, or its path.
	 * @param format Format of the files: SQL for psql, or compressed for pg_restore.
	 * @param scope What the files hold: the tables in which something is destroyed, or
	 * the whole database.
	 * @param timeout How long pg_dump may run. Zero means as long as it takes.
	 */
	public record PgDumpProperties(@DefaultValue("pg_dump") String command,
			@DefaultValue("plain") PgDumpOptions.Format format, @DefaultValue("tables") PgDumpOptions.Scope scope,
			@DefaultValue("1h") Duration timeout) {

		public PgDumpProperties {
			require(StringUtils.hasText(command), "backup.pg-dump.command",
					"the text is blank. Write the name of the program or its path, such as pg_dump.");
			require(!timeout.isNegative(), "backup.pg-dump.timeout",
					"\"" + timeout + "\" is negative. Write a duration such as 1h, or 0s for as long as it takes.");
		}

		PgDumpOptions toOptions(Path directory, @Nullable Duration retention) {
			return new PgDumpOptions(this.command, directory, this.format, this.scope,
					this.timeout.isZero() ? null : this.timeout, retention);
		}

	}

}
