package io.veza.migrations.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.autoconfigure.startup.HeldPolicy;
import io.veza.migrations.autoconfigure.startup.StartupFailurePolicy;
import io.veza.migrations.autoconfigure.startup.StartupMode;
import io.veza.migrations.autoconfigure.startup.StartupPhase;
import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.backup.pgdump.PgDumpOptions;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.lock.RunLockOptions;
import io.veza.migrations.lock.RunLockStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsPropertiesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Config.class);

	@Test
	void bindWhenNothingIsSetGivesDefaults() {
		this.contextRunner.run((context) -> {
			MigrationsProperties properties = context.getBean(MigrationsProperties.class);

			assertThat(properties.enabled()).isTrue();
			assertThat(properties.locations()).containsExactly("classpath:db/migrations");
			assertThat(properties.mode()).isEqualTo(StartupMode.MIGRATE);
			assertThat(properties.startupPhase()).isEqualTo(StartupPhase.APPLICATION_READY);
			assertThat(properties.onFailure()).isEqualTo(StartupFailurePolicy.SHUTDOWN);
			assertThat(properties.onHeld()).isEqualTo(HeldPolicy.ACCEPT_TRAFFIC);
			assertThat(properties.releaseHeld()).isFalse();
			assertThat(properties.toStartupOptions().refusesHeld()).isFalse();
			assertThat(properties.toOptions(null)).isEqualTo(MigratorOptions.defaults());
		});
	}

	@Test
	void toOptionsCarriesWhatIsSet() {
		this.contextRunner
			.withPropertyValues("veza.migrations.schema=chat", "veza.migrations.table=t",
					"veza.migrations.events-table=e", "veza.migrations.progress-table=p",
					"veza.migrations.out-of-order=allow", "veza.migrations.baseline-version=010",
					"veza.migrations.single-transaction=true", "veza.migrations.lock.wait=3s",
					"veza.migrations.lock.strategy=lease", "veza.migrations.lock-timeout=2s",
					"veza.migrations.lock-retry-for=1m", "veza.migrations.statement-timeout=5m",
					"veza.migrations.show-blocking-queries=true", "veza.migrations.role=chat_owner")
			.run((context) -> {
				MigratorOptions options = context.getBean(MigrationsProperties.class).toOptions("shop");

				assertThat(options.tables())
					.hasToString("HistoryTableNames[schema=chat, history=t, events=e, progress=p]");
				assertThat(options.planning().outOfOrderAllowed()).isTrue();
				assertThat(options.planning().baselineVersion()).isEqualTo(MigrationVersion.of("10"));
				assertThat(options.planning().singleTransaction()).isTrue();
				assertThat(options.lock()).isEqualTo(new RunLockOptions(Duration.ofSeconds(3), RunLockStrategy.LEASE));
				assertThat(options.timeouts()).isEqualTo(
						new StatementTimeouts(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(5)));
				assertThat(options.session().blockingQueriesShown()).isTrue();
				assertThat(options.session().role()).isEqualTo("chat_owner");
				assertThat(options.session().application()).isEqualTo("shop");
			});
	}

	@Test
	void toOptionsCarriesWhatIsSetForBackups() {
		this.contextRunner.withPropertyValues("veza.migrations.backup.mode=pg-dump",
				"veza.migrations.backup.schema=kept", "veza.migrations.backup.max-size=5MB",
				"veza.migrations.backup.retention=30d", "veza.migrations.backup.directory=/var/backups",
				"veza.migrations.backup.pg-dump.command=/opt/pg_dump", "veza.migrations.backup.pg-dump.format=custom",
				"veza.migrations.backup.pg-dump.scope=all", "veza.migrations.backup.pg-dump.timeout=2m")
			.run((context) -> {
				MigratorOptions options = context.getBean(MigrationsProperties.class).toOptions("shop");

				assertThat(options.backup())
					.isEqualTo(new BackupOptions(BackupMode.PG_DUMP, "kept", 5 * 1024 * 1024, Duration.ofDays(30),
							new PgDumpOptions("/opt/pg_dump", Path.of("/var/backups"), PgDumpOptions.Format.CUSTOM,
									PgDumpOptions.Scope.ALL, Duration.ofMinutes(2), Duration.ofDays(30))));
				assertThat(options.session().application()).isEqualTo("shop");
			});
	}

	@Test
	void bindWhenTimeoutOfPgDumpIsZeroLetsItRun() {
		this.contextRunner.withPropertyValues("veza.migrations.backup.pg-dump.timeout=0s")
			.run((context) -> assertThat(
					context.getBean(MigrationsProperties.class).toOptions(null).backup().pgDump().timeout())
				.isNull());
	}

	@Test
	void bindWhenTextIsBlankCountsAsNotSet() {
		this.contextRunner
			.withPropertyValues("veza.migrations.schema=", "veza.migrations.url=", "veza.migrations.username=",
					"veza.migrations.password=", "veza.migrations.baseline-version=", "veza.migrations.role=",
					"veza.migrations.statement-timeout=", "veza.migrations.lock.strategy=",
					"veza.migrations.backup.retention=")
			.run((context) -> {
				MigrationsProperties properties = context.getBean(MigrationsProperties.class);

				assertThat(properties.url()).isNull();
				assertThat(properties.username()).isNull();
				assertThat(properties.password()).isNull();
				assertThat(properties.toOptions(null)).isEqualTo(MigratorOptions.defaults());
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					locations=                      | veza.migrations.locations: no location is given. Name at least one
					locations[0]=\u0020             | veza.migrations.locations: a location is blank. Remove it
					table=                          | veza.migrations.table: "" is not a name. Write the name as it is
					table=schema_migration_events   | veza.migrations.table: the history, events and progress tables
					baseline-version=v1             | veza.migrations.baseline-version: "v1" is not a version. Write digits
					url=postgresql://host/database  | veza.migrations.url: the text does not begin with "jdbc:". Write
					password=secret                 | veza.migrations.password: a password is set for nobody. Set
					lock.wait=-1s                   | veza.migrations.lock.wait: "PT-1S" is negative. Write a duration
					lock.strategy=hope              | veza.migrations.lock.strategy
					lock-timeout=-1s                | veza.migrations.lock-timeout: "PT-1S" is not between 1 ms and 24 days. Write
					lock-timeout=25d                | veza.migrations.lock-timeout: "PT600H" is not between 1 ms and 24 days. Write
					lock-timeout=1us                | veza.migrations.lock-timeout: "PT0.000001S" is not between
					lock-retry-for=-1s              | veza.migrations.lock-retry-for: "PT-1S" is not between
					statement-timeout=-1s           | veza.migrations.statement-timeout: "PT-1S" is not between
					mode=sometimes                  | veza.migrations.mode
					startup-phase=later             | veza.migrations.startup-phase
					on-failure=cry                  | veza.migrations.on-failure
					out-of-order=perhaps            | veza.migrations.out-of-order
					lock.wait=long                  | veza.migrations.lock.wait
					single-transaction=2            | veza.migrations.single-transaction
					backup.mode=usb-stick           | veza.migrations.backup.mode
					backup.schema=                  | veza.migrations.backup.schema: "" is not a name. Write the name as it is
					backup.schema=pg_backup         | veza.migrations.backup.schema: "pg_backup" begins with "pg_", which PostgreSQL keeps for itself. Choose
					backup.max-size=0               | veza.migrations.backup.max-size: "0B" is not a size. Write one such as 1GB
					backup.max-size=-1GB            | veza.migrations.backup.max-size: "-1073741824B" is not a size. Write one
					backup.retention=0s             | veza.migrations.backup.retention: "PT0S" keeps nothing. Write a duration such as 30d
					backup.retention=-1d            | veza.migrations.backup.retention: "PT-24H" keeps nothing. Write
					backup.directory=               | veza.migrations.backup.directory: "" is not a directory. Write a path
					backup.pg-dump.command=         | veza.migrations.backup.pg-dump.command: the text is blank. Write the name
					backup.pg-dump.format=tar       | veza.migrations.backup.pg-dump.format
					backup.pg-dump.scope=most       | veza.migrations.backup.pg-dump.scope
					backup.pg-dump.timeout=-1s      | veza.migrations.backup.pg-dump.timeout: "PT-1S" is negative. Write a duration
					""")
	void bindWhenValueIsWrongNamesTheProperty(String property, String expected) {
		assertThat(analysisOf("veza.migrations." + property).getDescription()).contains(expected);
	}

	@ParameterizedTest
	@CsvSource({ "schema", "table", "events-table", "progress-table", "role", "backup.schema" })
	void bindWhenNameIsTooLongNamesTheProperty(String property) {
		String name = "é".repeat(32);

		FailureAnalysis analysis = analysisOf("veza.migrations." + property + "=" + name);

		assertThat(analysis.getDescription())
			.contains("veza.migrations." + property + ": \"" + name + "\" has 64 bytes. Choose a name of at most 63");
	}

	@Test
	void bindWhenWaitingDuringDatabaseInitializationIsRefused() {
		FailureAnalysis analysis = analysisOf("veza.migrations.mode=wait",
				"veza.migrations.startup-phase=database-initialization");

		assertThat(analysis.getDescription()).contains("veza.migrations.mode: \"wait\" does not go with "
				+ "veza.migrations.startup-phase \"database-initialization\". Wait in the phase");
	}

	@Test
	void bindWhenBackupsShareTheSchemaOfTheHistoryIsRefused() {
		FailureAnalysis analysis = analysisOf("veza.migrations.schema=chat", "veza.migrations.backup.schema=chat");

		assertThat(analysis.getDescription()).contains("veza.migrations.backup.schema: \"chat\" is the schema of the "
				+ "history as well, which others may read. Choose a schema for backups alone.");
	}

	@Test
	void bindWhenPasswordIsSetForNobodyDoesNotShowIt() {
		assertThat(analysisOf("veza.migrations.password=secret").getDescription()).doesNotContain("secret");
	}

	private FailureAnalysis analysisOf(String... properties) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		this.contextRunner.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasFailed();
			analysis[0] = StartFailureAnalysis.of(context.getStartupFailure());
		});
		return analysis[0];
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(MigrationsProperties.class)
	static class Config {

	}

}
