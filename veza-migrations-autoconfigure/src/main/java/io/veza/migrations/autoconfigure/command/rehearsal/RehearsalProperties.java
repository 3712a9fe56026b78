package io.veza.migrations.autoconfigure.command.rehearsal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.autoconfigure.MigrationsProperties;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.rehearsal.RehearsalOptions;
import io.veza.migrations.rehearsal.findings.FindingLevel;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The properties of the command {@code rehearse}. A blank text counts as not set.
 *
 * @param migrations Which migrations are rehearsed: those that the database does not have
 * yet, or all of them.
 * @param url JDBC URL of the server on which the scratch database is made. Uses the
 * database that is migrated if not set.
 * @param username User that makes the scratch database.
 * @param password Password of that user.
 * @param disposableServer Whether migrations may change roles, settings and all else that
 * concerns the whole server.
 * @param liveUrl JDBC URL of the real database, which is only read: its tables tell how
 * much a finding matters.
 * @param liveUsername User that reads the real database.
 * @param livePassword Password of that user.
 * @param schemaDump Location of a file of "pg_dump --schema-only" with which the scratch
 * database begins.
 * @param schemaDumpVersion Newest migration that the dump holds. All that are applied to
 * the database if not set. Quote it in YAML.
 * @param fixtures Locations of SQL files with sample rows, loaded before the migrations
 * are rehearsed. Patterns are allowed.
 * @param referenceTables Tables that hold reference data, into which migrations may
 * insert rows.
 * @param findings How much findings matter, by their code: off, advice, warning or error.
 * @param reportDirectory Directory to write the reports to, created if missing.
 * @since 0.1.0
 */
@ConfigurationProperties(RehearsalProperties.PREFIX)
public record RehearsalProperties(@DefaultValue("pending") RehearsalScope migrations, @Nullable String url,
		@Nullable String username, @Nullable String password, @DefaultValue("false") boolean disposableServer,
		@Nullable String liveUrl, @Nullable String liveUsername, @Nullable String livePassword,
		@Nullable String schemaDump, @Nullable String schemaDumpVersion, @DefaultValue List<String> fixtures,
		@DefaultValue List<String> referenceTables, @DefaultValue Map<String, FindingLevel> findings,
		@Nullable String reportDirectory) {

	static final String PREFIX = "veza.migrations.rehearsal";

	public RehearsalProperties {
		url = textOrNull(url);
		username = textOrNull(username);
		password = textOrNull(password);
		liveUrl = textOrNull(liveUrl);
		liveUsername = textOrNull(liveUsername);
		livePassword = textOrNull(livePassword);
		schemaDump = textOrNull(schemaDump);
		schemaDumpVersion = textOrNull(schemaDumpVersion);
		reportDirectory = textOrNull(reportDirectory);
		requireUrl("url", url);
		requireUrl("live-url", liveUrl);
		requireUrlFor("username", username, "url", url);
		requireUrlFor("password", password, "url", url);
		requireUrlFor("live-username", liveUsername, "live-url", liveUrl);
		requireUrlFor("live-password", livePassword, "live-url", liveUrl);
		require(schemaDumpVersion == null || MigrationVersion.isVersion(schemaDumpVersion), "schema-dump-version", "\""
				+ schemaDumpVersion
				+ "\" is not a version. Write digits, optionally dotted, and quote them in YAML, such as \"010\".");
		require(schemaDumpVersion == null || schemaDump != null, "schema-dump-version",
				"it is set without the dump. Set " + PREFIX + ".schema-dump as well.");
		require(schemaDump == null || schemaDumpVersion != null || migrations != RehearsalScope.ALL, "schema-dump",
				"all migrations are to be rehearsed, but it is not known which ones the dump holds. Set " + PREFIX
						+ ".schema-dump-version to the newest of them.");
		fixtures = withoutBlank("fixtures", fixtures, "a location such as classpath:rehearsal/rows.sql");
		referenceTables = withoutBlank("reference-tables", referenceTables, "a table such as countries");
		findings = FindingLevels.byCode(findings);
		require(reportDirectory == null || isPath(reportDirectory), "report-directory",
				"\"" + reportDirectory + "\" is not a directory. Write a path such as target/rehearsal.");
	}

	/**
	 * Return the options of a rehearsal.
	 * @param migrations how the application is migrated
	 * @param resources finds the files that are named
	 * @return the options
	 * @throws io.veza.migrations.autoconfigure.command.InvalidCommandException if a file
	 * is not there
	 */
	RehearsalOptions toOptions(MigrationsProperties migrations, ResourcePatternResolver resources) {
		HistoryTableNames tables = new HistoryTableNames(migrations.schema(), migrations.table(),
				migrations.eventsTable(), migrations.progressTable());
		RehearsalFixtures files = new RehearsalFixtures(resources);
		Resource dump = (this.schemaDump != null) ? files.schemaDump(this.schemaDump) : null;
		return new RehearsalOptions(tables, migrations.role(), dump,
				(this.schemaDumpVersion != null) ? MigrationVersion.of(this.schemaDumpVersion) : null,
				files.fixtures(this.fixtures), this.disposableServer, Set.copyOf(this.referenceTables), this.findings);
	}

	/**
	 * Return where the reports are written.
	 * @return the directory, {@code null} if they are not
	 */
	public @Nullable Path reportPath() {
		return (this.reportDirectory != null) ? Path.of(this.reportDirectory) : null;
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text.strip() : null;
	}

	private static void requireUrl(String property, @Nullable String url) {
		require(url == null || (url.startsWith("jdbc:") && url.contains("postgresql:")), property,
				"the text is not a JDBC URL of PostgreSQL. Write one such as jdbc:postgresql://host:5432/database.");
	}

	private static void requireUrlFor(String property, @Nullable String value, String urlProperty,
			@Nullable String url) {
		require(value == null || url != null, property,
				"it is set without the server that it is for. Set " + PREFIX + "." + urlProperty + " as well.");
	}

	private static List<String> withoutBlank(String property, List<String> texts, String example) {
		require(texts.stream().allMatch(StringUtils::hasText), property,
				"an element is blank. Remove it, or write " + example + ".");
		return texts.stream().map(String::strip).toList();
	}

	private static boolean isPath(String text) {
		try {
			return !Path.of(text).toString().isEmpty();
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	private static void require(boolean expression, String property, String message) {
		Assert.isTrue(expression, () -> PREFIX + "." + property + ": " + message);
	}

	/** Without the connections: a URL may hold a password too. */
	@Override
	public String toString() {
		return "RehearsalProperties[migrations=" + this.migrations + ", fixtures=" + this.fixtures + ", findings="
				+ this.findings + "]";
	}

	/**
	 * The migrations that are rehearsed.
	 */
	public enum RehearsalScope {

		/** Those that the database does not have yet. */
		PENDING,

		/** All. */
		ALL

	}

}
