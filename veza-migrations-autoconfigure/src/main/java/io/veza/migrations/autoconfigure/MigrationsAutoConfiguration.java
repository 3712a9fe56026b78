package io.veza.migrations.autoconfigure;

import io.veza.migrations.autoconfigure.MigrationsAutoConfiguration.MigrationFilesRuntimeHints;
import io.veza.migrations.autoconfigure.packaged.PackagedRehearsals;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Auto-configuration for migrations of a PostgreSQL database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnClass({ PGConnection.class, SimpleDriverDataSource.class })
@Conditional(OnEnabledCondition.class)
@EnableConfigurationProperties(MigrationsProperties.class)
@Import({ DatabaseInitializationDependencyConfigurer.class, MigratorConfiguration.class,
		MigrationStartConfiguration.class, MissingDataSourceConfiguration.class })
@ImportRuntimeHints(MigrationFilesRuntimeHints.class)
public final class MigrationsAutoConfiguration {

	/**
	 * Takes the migration files of the default location, and what rehearsals need, into a
	 * native image.
	 */
	static final class MigrationFilesRuntimeHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources()
				.registerPattern("db/migrations/**")
				.registerPattern(PackagedRehearsals.LOCATION)
				.registerPattern("io/veza/migrations/rehearsal/report/rehearsal-report.*");
		}

	}

}
