package io.veza.migrations.rehearsal;

import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.LiveSizeLookup;
import io.veza.migrations.rehearsal.findings.judge.MigrationJudge;
import io.veza.migrations.rehearsal.observe.AppliedVersionReader;
import io.veza.migrations.rehearsal.observe.LiveTableSizes;
import io.veza.migrations.rehearsal.scratch.ScratchServer;
import io.veza.migrations.rehearsal.scratch.ServerAccess;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.source.ResourceMigrationSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Runs migrations UP, DOWN and UP again on a scratch database and tells what PostgreSQL
 * says they did. In a test: <pre class="code">
 * &#64;Test
 * void migrationsAreClean(&#64;Autowired DataSource dataSource) {
 *     Rehearsal.of(dataSource).assertClean();
 * }
 * </pre> The database of the {@code DataSource} is not written to: the scratch database
 * is created beside it and dropped at the end.
 *
 * @since 0.1.0
 */
public final class Rehearsal {

	private static final Logger logger = LoggerFactory.getLogger(Rehearsal.class);

	private static final String DEFAULT_LOCATION = "classpath:db/migrations";

	private final ServerAccess server;

	private final MigrationSource source;

	private final RehearsalOptions options;

	private final @Nullable DataSource history;

	private final @Nullable DataSource live;

	private Rehearsal(ServerAccess server, MigrationSource source, RehearsalOptions options,
			@Nullable DataSource history, @Nullable DataSource live) {
		this.server = server;
		this.source = source;
		this.options = options;
		this.history = history;
		this.live = live;
	}

	/**
	 * Return a rehearsal of all migrations in the default location.
	 * @param dataSource a database on the server on which the scratch database is created
	 * @return the rehearsal
	 * @throws io.veza.migrations.failure.RehearsalException if the {@code DataSource}
	 * does not tell how to reach the server
	 */
	public static Rehearsal of(DataSource dataSource) {
		return of(ServerAccess.of(dataSource));
	}

	/**
	 * Return a rehearsal of all migrations in the default location.
	 * @param server the server on which the scratch database is created
	 * @return the rehearsal
	 */
	public static Rehearsal of(ServerAccess server) {
		return new Rehearsal(server, source(DEFAULT_LOCATION), RehearsalOptions.defaults(), null, null);
	}

	private static MigrationSource source(String... locations) {
		return new ResourceMigrationSource(new PathMatchingResourcePatternResolver(), List.of(locations));
	}

	/**
	 * Return this rehearsal with migrations of other locations.
	 * @param locations the locations, such as {@code classpath:db/migrations}
	 * @return the rehearsal
	 */
	public Rehearsal locations(String... locations) {
		return source(source(locations), this.options);
	}

	/**
	 * Return this rehearsal with other migrations and options.
	 * @param source where the migrations come from
	 * @param options how it works
	 * @return the rehearsal
	 */
	public Rehearsal source(MigrationSource source, RehearsalOptions options) {
		return new Rehearsal(this.server, source, options, this.history, this.live);
	}

	/**
	 * Return this rehearsal with other options.
	 * @param change changes the options
	 * @return the rehearsal
	 */
	public Rehearsal with(UnaryOperator<RehearsalOptions> change) {
		return source(this.source, change.apply(this.options));
	}

	/**
	 * Return a rehearsal of what is pending in a database; what is applied there is
	 * applied to the scratch database before.
	 * @param database the database, of which only the history is read
	 * @return the rehearsal
	 */
	public Rehearsal pendingIn(DataSource database) {
		return new Rehearsal(this.server, this.source, this.options, database, this.live);
	}

	/**
	 * Return this rehearsal with the sizes of real tables: a lock on an empty table is no
	 * alarm.
	 * @param database the database with the real tables, of which only the catalogs are
	 * read
	 * @return the rehearsal
	 */
	public Rehearsal sizesOf(DataSource database) {
		return new Rehearsal(this.server, this.source, this.options, this.history, database);
	}

	/**
	 * Rehearse.
	 * @return what was seen
	 * @throws io.veza.migrations.failure.MigrationException if the rehearsal cannot be
	 * held
	 */
	public RehearsalReport run() {
		List<Migration> migrations = this.source.load();
		RehearsalInput input = RehearsalInput.of(migrations, applied(), this.history != null, this.options);
		if (!input.withoutFile().isEmpty()) {
			logger.warn(
					"The scratch database is without the applied versions {}, of which this application has no files",
					input.withoutFile());
		}
		LiveSizeLookup sizes = (this.live != null) ? LiveTableSizes.read(this.live)::of : null;
		return new RehearsalRunner(new ScratchServer(this.server), this.options, input,
				new MigrationJudge(this.options.severities(), sizes), Clock.systemUTC())
			.run();
	}

	private List<MigrationVersion> applied() {
		return (this.history != null) ? AppliedVersionReader.read(this.history, this.options.tables()) : List.of();
	}

	/**
	 * Rehearse, and fail unless every migration is clean: no finding is more than advice,
	 * but for those that the files accept.
	 * @return what was seen
	 * @throws AssertionError with the report, if one is not
	 * @throws io.veza.migrations.failure.MigrationException if the rehearsal cannot be
	 * held
	 */
	public RehearsalReport assertClean() {
		return assertBelow(Severity.WARNING);
	}

	/**
	 * Rehearse, and fail if there is a severe finding that the files do not accept.
	 * @param severity the least severity that fails
	 * @return what was seen
	 * @throws AssertionError with the report, if there is one
	 * @throws io.veza.migrations.failure.MigrationException if the rehearsal cannot be
	 * held
	 */
	public RehearsalReport assertBelow(Severity severity) {
		RehearsalReport report = run();
		if (!report.findings(severity).isEmpty()) {
			throw new AssertionError(report.describe(severity));
		}
		return report;
	}

}
