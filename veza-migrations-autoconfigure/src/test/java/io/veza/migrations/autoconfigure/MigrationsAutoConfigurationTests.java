package io.veza.migrations.autoconfigure;

import java.util.List;

import javax.sql.DataSource;

import io.veza.migrations.Migration;
import io.veza.migrations.autoconfigure.startup.MigrationRunner;
import io.veza.migrations.autoconfigure.startup.MigrationsInitializer;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.source.ResourceMigrationSource;
import io.veza.migrations.sql.MigrationSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.container.ContainerImageMetadata;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.SchemaManagement;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class MigrationsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MigrationsAutoConfiguration.class));

	@Test
	void oneDataSourceIsMigratedWhenReady() {
		this.contextRunner.withUserConfiguration(OneDataSource.class).run((context) -> {
			assertThat(context).hasSingleBean(Migrator.class)
				.hasSingleBean(ResourceMigrationSource.class)
				.hasSingleBean(MigrationRunner.class)
				.doesNotHaveBean(MigrationsInitializer.class)
				.doesNotHaveBean(MissingDataSourceWarning.class);
			assertThat(context.getBean(MigratedDatabase.class).connections()).isSameAs(context.getBean("one"));
		});
	}

	@Test
	void databaseInitializationReplacesTheRunner() {
		this.contextRunner.withUserConfiguration(OneDataSource.class, OwnMigrator.class)
			.withPropertyValues("veza.migrations.startup-phase=DATABASE_INITIALIZATION")
			.run((context) -> assertThat(context).hasSingleBean(MigrationsInitializer.class)
				.doesNotHaveBean(MigrationRunner.class));
	}

	@Test
	void disabledBacksOff() {
		this.contextRunner.withUserConfiguration(OneDataSource.class)
			.withPropertyValues("veza.migrations.enabled=no")
			.run((context) -> assertThat(context).doesNotHaveBean(MigrationsAutoConfiguration.class)
				.doesNotHaveBean(Migrator.class));
	}

	@Test
	void enabledThatIsNoBooleanFailsTheStart() {
		this.contextRunner.withUserConfiguration(OneDataSource.class)
			.withPropertyValues("veza.migrations.enabled=maybe")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("maybe"));
	}

	@Test
	void missingDriverClassBacksOff() {
		this.contextRunner.withUserConfiguration(OneDataSource.class)
			.withClassLoader(new FilteredClassLoader(PGConnection.class))
			.run((context) -> assertThat(context).doesNotHaveBean(MigrationsAutoConfiguration.class));
	}

	@Test
	void missingJdbcClassBacksOff() {
		this.contextRunner.withUserConfiguration(OneDataSource.class)
			.withClassLoader(new FilteredClassLoader(SimpleDriverDataSource.class))
			.run((context) -> assertThat(context).doesNotHaveBean(MigrationsAutoConfiguration.class));
	}

	@Test
	void noDataSourceBacksOffWithAWarning(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(Migrator.class).doesNotHaveBean(MigrationRunner.class);
			assertThat(output).contains("No migrations are run, because there is no DataSource bean. "
					+ "Set veza.migrations.url, define a DataSource bean, or set veza.migrations.enabled=false");
		});
	}

	@Test
	void ownMigratorIsRunAsItIs() {
		this.contextRunner.withUserConfiguration(TwoDataSources.class, OwnMigrator.class)
			.run((context) -> assertThat(context).hasSingleBean(Migrator.class)
				.hasSingleBean(MigrationRunner.class)
				.doesNotHaveBean(MigratedDatabase.class));
	}

	@Test
	void ownSourceReplacesOurs() {
		this.contextRunner.withUserConfiguration(OneDataSource.class, OwnSource.class)
			.run((context) -> assertThat(context).hasSingleBean(MigrationSource.class)
				.hasSingleBean(Migrator.class)
				.doesNotHaveBean(ResourceMigrationSource.class));
	}

	@Test
	void childContextLeavesMigrationsToItsParent() {
		this.contextRunner.withUserConfiguration(OneDataSource.class)
			.run((parent) -> this.contextRunner.withParent(parent)
				.withUserConfiguration(TwoDataSources.class)
				.run((child) -> {
					assertThat(child).hasNotFailed();
					assertThat(child.getSourceApplicationContext(GenericApplicationContext.class)
						.getBeanFactory()
						.getBeanNamesForType(MigrationRunner.class)).isEmpty();
				}));
	}

	@Test
	void severalDataSourcesWithoutPrimaryFailWithTheirNames() {
		this.contextRunner.withUserConfiguration(TwoDataSources.class).run((context) -> {
			FailureAnalysis analysis = StartFailureAnalysis.of(context.getStartupFailure());

			assertThat(analysis.getDescription()).isEqualTo("The database to migrate is not clear. "
					+ "There are 2 DataSource beans and none is primary: \"first\", \"second\".");
			assertThat(analysis.getAction()).isEqualTo(
					"Mark the one to migrate with @MigrationsDataSource or " + "@Primary, or set veza.migrations.url.");
		});
	}

	@Test
	void severalMarkedDataSourcesFailWithTheirNames() {
		this.contextRunner.withUserConfiguration(OneDataSource.class, TwoMarkedDataSources.class).run((context) -> {
			FailureAnalysis analysis = StartFailureAnalysis.of(context.getStartupFailure());

			assertThat(analysis.getDescription()).isEqualTo("The database to migrate is not clear. "
					+ "There are 2 DataSource beans with @MigrationsDataSource: \"markedOne\", \"markedTwo\".");
			assertThat(analysis.getAction()).isEqualTo("Leave the annotation on the one to migrate.");
		});
	}

	@Test
	void primaryDataSourceIsMigrated() {
		this.contextRunner.withUserConfiguration(OneDataSource.class, PrimaryDataSource.class)
			.run((context) -> assertThat(context.getBean(MigratedDatabase.class).connections())
				.isSameAs(context.getBean("primary")));
	}

	@Test
	void markedDataSourceComesBeforeThePrimaryOneAndTheUrl() {
		this.contextRunner.withUserConfiguration(OneDataSource.class, PrimaryDataSource.class, MarkedDataSource.class)
			.withPropertyValues("veza.migrations.url=jdbc:postgresql://elsewhere/db")
			.run((context) -> assertThat(context.getBean(MigratedDatabase.class).connections())
				.isSameAs(context.getBean("marked")));
	}

	@Test
	void urlNeedsNoDataSource() {
		this.contextRunner
			.withPropertyValues("veza.migrations.url=jdbc:postgresql://elsewhere/db", "veza.migrations.username=owner",
					"veza.migrations.password=secret")
			.run((context) -> assertConnections(context.getBean(MigratedDatabase.class),
					"jdbc:postgresql://elsewhere/db", "owner", "secret"));
	}

	@Test
	void urlSettlesWhichOfSeveralDataSources() {
		this.contextRunner.withUserConfiguration(TwoDataSources.class)
			.withPropertyValues("veza.migrations.url=jdbc:postgresql://elsewhere/db")
			.run((context) -> assertConnections(context.getBean(MigratedDatabase.class),
					"jdbc:postgresql://elsewhere/db", null, null));
	}

	@Test
	void blankUrlWithoutDataSourceFails() {
		this.contextRunner.withPropertyValues("veza.migrations.url=").run((context) -> {
			FailureAnalysis analysis = StartFailureAnalysis.of(context.getStartupFailure());

			assertThat(analysis.getDescription())
				.endsWith("There is no DataSource bean and veza.migrations.url is not set.");
			assertThat(analysis.getAction()).isEqualTo(
					"Set veza.migrations.url, define a DataSource bean, " + "or set veza.migrations.enabled=false.");
		});
	}

	@Test
	void usernameChangesTheUserOfTheApplicationsDataSource() {
		this.contextRunner.withUserConfiguration(OneDataSource.class)
			.withPropertyValues("veza.migrations.username=owner", "veza.migrations.password=secret")
			.run((context) -> {
				MigratedDatabase database = context.getBean(MigratedDatabase.class);

				assertConnections(database, "jdbc:postgresql://one:5432/one", "owner", "secret");
				assertThat(database.application()).isSameAs(context.getBean("one"));
			});
	}

	@Test
	void containerComesBeforeTheUrl(CapturedOutput output) {
		this.contextRunner.withUserConfiguration(OneDataSource.class)
			.withInitializer((context) -> registerContainer((GenericApplicationContext) context))
			.withPropertyValues("veza.migrations.url=jdbc:postgresql://production/db")
			.run((context) -> {
				assertThat(context.getBean(MigratedDatabase.class).connections()).isSameAs(context.getBean("one"));
				assertThat(output).contains("veza.migrations.url, username and password are not used");
			});
	}

	@Test
	void connectionDetailsAreEnoughWithoutDataSource() {
		this.contextRunner.withInitializer((context) -> registerContainer((GenericApplicationContext) context))
			.run((context) -> assertConnections(context.getBean(MigratedDatabase.class),
					"jdbc:postgresql://container/test", "test", "test"));
	}

	@Test
	void schemaOfTheMigratedDataSourceIsManaged() {
		this.contextRunner.withUserConfiguration(OneDataSource.class, PrimaryDataSource.class).run((context) -> {
			SchemaManagementProvider provider = context.getBean(SchemaManagementProvider.class);

			assertThat(provider.getSchemaManagement(context.getBean("primary", DataSource.class)))
				.isEqualTo(SchemaManagement.MANAGED);
			assertThat(provider.getSchemaManagement(context.getBean("one", DataSource.class)))
				.isEqualTo(SchemaManagement.UNMANAGED);
		});
	}

	@Test
	void schemaIsManagedWhenAnotherUserMigratesIt() {
		this.contextRunner.withUserConfiguration(OneDataSource.class)
			.withPropertyValues("veza.migrations.username=owner")
			.run((context) -> assertThat(context.getBean(SchemaManagementProvider.class)
				.getSchemaManagement(context.getBean("one", DataSource.class))).isEqualTo(SchemaManagement.MANAGED));
	}

	@Test
	void migrationFilesGoIntoANativeImage() {
		GenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(OneDataSource.class)), new InMemoryGeneratedFiles());
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(OneDataSource.class, MigrationsAutoConfiguration.class);

		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);

		RuntimeHints hints = generation.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.resource().forResource("db/migrations/001_a.sql")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("db/migrations/2024/001_a.sql")).accepts(hints);
	}

	private void assertConnections(MigratedDatabase database, String url, String username, String password) {
		assertThat(database.connections()).isInstanceOfSatisfying(SimpleDriverDataSource.class, (dataSource) -> {
			assertThat(dataSource.getUrl()).startsWith(url);
			assertThat(dataSource.getUsername()).isEqualTo(username);
			assertThat(dataSource.getPassword()).isEqualTo(password);
		});
	}

	private static void registerContainer(GenericApplicationContext context) {
		context.registerBean("container", JdbcConnectionDetails.class, ContainerConnectionDetails::new,
				(definition) -> new ContainerImageMetadata("postgres:17").addTo(definition));
	}

	private static DataSource dataSource(String name) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl("jdbc:postgresql://" + name + ":5432/" + name);
		return dataSource;
	}

	static class ContainerConnectionDetails implements JdbcConnectionDetails {

		@Override
		public String getUsername() {
			return "test";
		}

		@Override
		public String getPassword() {
			return "test";
		}

		@Override
		public String getJdbcUrl() {
			return "jdbc:postgresql://container/test";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneDataSource {

		@Bean
		DataSource one() {
			return dataSource("one");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean
		DataSource first() {
			return dataSource("first");
		}

		@Bean
		DataSource second() {
			return dataSource("second");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryDataSource {

		@Bean
		@Primary
		DataSource primary() {
			return dataSource("primary");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedDataSource {

		@Bean(defaultCandidate = false)
		@MigrationsDataSource
		DataSource marked() {
			return dataSource("marked");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoMarkedDataSources {

		@Bean(defaultCandidate = false)
		@MigrationsDataSource
		DataSource markedOne() {
			return dataSource("one");
		}

		@Bean(defaultCandidate = false)
		@MigrationsDataSource
		DataSource markedTwo() {
			return dataSource("two");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMigrator {

		@Bean
		Migrator migrator() {
			return mock(Migrator.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSource {

		@Bean
		MigrationSource source() {
			return new MigrationSource() {

				@Override
				public List<Migration> load() {
					return List.of();
				}

				@Override
				public MigrationSection parseDown(String sql, String label) {
					throw new IllegalStateException("No DOWN is stored");
				}

			};
		}

	}

}
