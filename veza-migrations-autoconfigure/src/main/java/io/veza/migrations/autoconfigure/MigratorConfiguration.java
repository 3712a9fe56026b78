package io.veza.migrations.autoconfigure;

import javax.sql.DataSource;

import io.micrometer.observation.ObservationRegistry;
import io.veza.migrations.autoconfigure.packaged.PackagedRehearsals;
import io.veza.migrations.autoconfigure.startup.StartupMode;
import io.veza.migrations.engine.MigrationListener;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.source.PrefetchingMigrationSource;
import io.veza.migrations.source.ResourceMigrationSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternUtils;

/**
 * The migrator and what it works on.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(MigratorConfiguration.DatabaseCondition.class)
@ConditionalOnMissingBean(Migrator.class)
class MigratorConfiguration {

	@Bean
	MigratedDatabase migratedDatabase(ConfigurableListableBeanFactory beanFactory, MigrationsProperties properties,
			@MigrationsDataSource ObjectProvider<DataSource> qualified, ObjectProvider<DataSource> candidates,
			ObjectProvider<JdbcConnectionDetails> connectionDetails) {
		return new MigratedDatabaseSelector(beanFactory, qualified, candidates, connectionDetails).select(properties);
	}

	@Bean
	MigrationsSchemaManagementProvider migrationsSchemaManagementProvider(MigratedDatabase database) {
		return new MigrationsSchemaManagementProvider(database);
	}

	@Bean
	@ConditionalOnMissingBean(MigrationSource.class)
	ResourceMigrationSource migrationSource(ResourceLoader resourceLoader, MigrationsProperties properties) {
		return new ResourceMigrationSource(ResourcePatternUtils.getResourcePatternResolver(resourceLoader),
				properties.locations());
	}

	@Bean
	Migrator migrator(MigrationSource source, MigratedDatabase database, MigrationsProperties properties,
			ObjectProvider<MigrationListener> listeners, ObjectProvider<ObservationRegistry> observations,
			Environment environment, ResourceLoader resourceLoader) {
		return Migrator.builder(database.connections())
			.source(early(source, properties.mode()))
			.options(properties.toOptions(environment.getProperty("spring.application.name")))
			.listeners(listeners.orderedStream().toList())
			.observations(observations.getIfUnique(() -> ObservationRegistry.NOOP))
			.dumpTarget(() -> database.dumpTarget(properties.role()))
			.rehearsals(new PackagedRehearsals(resourceLoader.getClassLoader(), JsonParserFactory.getJsonParser()))
			.build();
	}

	private static MigrationSource early(MigrationSource source, StartupMode mode) {
		return (source instanceof ResourceMigrationSource files && mode != StartupMode.MANUAL)
				? PrefetchingMigrationSource.of(files, MigratorConfiguration::runBeside) : source;
	}

	private static void runBeside(Runnable task) {
		Thread thread = new Thread(task, "veza-migrations-files");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * A condition: something says where the database is.
	 */
	static final class DatabaseCondition extends AnyNestedCondition {

		DatabaseCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(DataSource.class)
		static final class DataSourceBean {

		}

		@ConditionalOnBean(JdbcConnectionDetails.class)
		static final class ConnectionDetailsBean {

		}

		@ConditionalOnProperty("veza.migrations.url")
		static final class UrlProperty {

		}

	}

}
