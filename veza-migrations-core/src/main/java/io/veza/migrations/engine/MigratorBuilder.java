package io.veza.migrations.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.micrometer.observation.ObservationRegistry;
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.backup.pgdump.PgDumpTarget;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.source.ResourceMigrationSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Builds a {@link Migrator}. Whatever is not set is as in an application that configures
 * nothing. The settings are those of the properties {@code veza.migrations.*}.
 *
 * @since 0.1.0
 */
public final class MigratorBuilder {

	private static final String DEFAULT_LOCATION = "classpath:db/migrations";

	private final DataSource dataSource;

	private MigrationSource source = sourceOf(List.of(DEFAULT_LOCATION));

	private MigratorOptions options = MigratorOptions.defaults();

	private final List<MigrationListener> listeners = new ArrayList<>();

	private ObservationRegistry observations = ObservationRegistry.NOOP;

	private Clock clock = Clock.systemUTC();

	private Supplier<@Nullable PgDumpTarget> dumpTarget = () -> null;

	private Supplier<List<KnownRehearsal>> rehearsals = List::of;

	MigratorBuilder(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	private static MigrationSource sourceOf(List<String> locations) {
		return new ResourceMigrationSource(new PathMatchingResourcePatternResolver(), locations);
	}

	/**
	 * Set where the migration files are.
	 * @param locations the locations, such as {@code classpath:db/migrations} or
	 * {@code file:migrations}
	 * @return this builder
	 */
	public MigratorBuilder locations(String... locations) {
		return source(sourceOf(Arrays.asList(locations)));
	}

	/**
	 * Set the schema of the history tables, which also heads the search path of
	 * migrations.
	 * @param schema its name
	 * @return this builder
	 */
	public MigratorBuilder schema(String schema) {
		return options((options) -> options.with(options.tables().withSchema(schema)));
	}

	/**
	 * Set how long a statement may wait for a lock before it steps back.
	 * @param lockTimeout the time
	 * @return this builder
	 */
	public MigratorBuilder lockTimeout(Duration lockTimeout) {
		return options((options) -> options.with(options.timeouts().withLockTimeout(lockTimeout)));
	}

	/**
	 * Set how long a statement may run.
	 * @param statementTimeout the time
	 * @return this builder
	 */
	public MigratorBuilder statementTimeout(Duration statementTimeout) {
		return options((options) -> options.with(options.timeouts().withStatementTimeout(statementTimeout)));
	}

	/**
	 * Set the role that migrates.
	 * @param role its name
	 * @return this builder
	 */
	public MigratorBuilder role(String role) {
		return options((options) -> options.with(options.session().withRole(role)));
	}

	/**
	 * Allow pending migrations that are older than the newest applied one.
	 * @return this builder
	 */
	public MigratorBuilder allowOutOfOrder() {
		return options((options) -> options.with(options.planning().withOutOfOrder()));
	}

	/**
	 * Record the migrations up to a version as applied without running them, if the
	 * history is empty and the schema is not.
	 * @param version the version
	 * @return this builder
	 */
	public MigratorBuilder baselineVersion(String version) {
		return options((options) -> options.with(options.planning().withBaseline(MigrationVersion.of(version))));
	}

	/**
	 * Add listeners, which are told of runs in the order in which they were added.
	 * @param listeners the listeners
	 * @return this builder
	 */
	public MigratorBuilder listeners(List<? extends MigrationListener> listeners) {
		this.listeners.addAll(listeners);
		return this;
	}

	/**
	 * Set where each migration is observed.
	 * @param observations the registry
	 * @return this builder
	 */
	public MigratorBuilder observations(ObservationRegistry observations) {
		this.observations = observations;
		return this;
	}

	/**
	 * Set the clock that measures waiting and running.
	 * @param clock the clock
	 * @return this builder
	 */
	public MigratorBuilder clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Set where the migrations come from. Not API.
	 * @param source the source
	 * @return this builder
	 */
	public MigratorBuilder source(MigrationSource source) {
		this.source = source;
		return this;
	}

	/**
	 * Set all options. Not API.
	 * @param options the options
	 * @return this builder
	 */
	public MigratorBuilder options(MigratorOptions options) {
		this.options = options;
		return this;
	}

	/**
	 * Set how {@code pg_dump} reaches the database. Not API.
	 * @param dumpTarget tells what it needs to know, {@code null} for what a connection
	 * tells
	 * @return this builder
	 */
	public MigratorBuilder dumpTarget(Supplier<@Nullable PgDumpTarget> dumpTarget) {
		this.dumpTarget = dumpTarget;
		return this;
	}

	/**
	 * Set what is known of the migrations from rehearsals before their release.
	 * @param rehearsals tells it
	 * @return this builder
	 */
	public MigratorBuilder rehearsals(Supplier<List<KnownRehearsal>> rehearsals) {
		this.rehearsals = rehearsals;
		return this;
	}

	/**
	 * Build the migrator. The database is not asked yet.
	 * @return the migrator, to be closed
	 */
	public Migrator build() {
		return new Migrator(this);
	}

	private MigratorBuilder options(UnaryOperator<MigratorOptions> change) {
		return options(change.apply(this.options));
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	MigrationSource source() {
		return this.source;
	}

	MigratorOptions options() {
		return this.options;
	}

	MigrationListenerChain listenerChain() {
		List<MigrationListener> all = new ArrayList<>(
				List.of(new RunLogListener(), new MigrationObservationListener(this.observations)));
		all.addAll(this.listeners);
		return new MigrationListenerChain(all);
	}

	Clock clock() {
		return this.clock;
	}

	Supplier<@Nullable PgDumpTarget> dumpTarget() {
		return this.dumpTarget;
	}

	Supplier<List<KnownRehearsal>> rehearsals() {
		return this.rehearsals;
	}

}
