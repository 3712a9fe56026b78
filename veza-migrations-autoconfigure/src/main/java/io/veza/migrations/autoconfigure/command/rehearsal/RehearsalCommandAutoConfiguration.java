package io.veza.migrations.autoconfigure.command.rehearsal;

import io.veza.migrations.autoconfigure.MigratedDatabase;
import io.veza.migrations.autoconfigure.MigrationsAutoConfiguration;
import io.veza.migrations.autoconfigure.MigrationsProperties;
import io.veza.migrations.autoconfigure.command.MigrationsCommandAutoConfiguration;
import io.veza.migrations.rehearsal.Rehearsal;
import io.veza.migrations.rehearsal.report.RehearsalReportDescriptor;
import io.veza.migrations.source.MigrationSource;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Auto-configuration for the command {@code rehearse}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { MigrationsAutoConfiguration.class, MigrationsCommandAutoConfiguration.class })
@ConditionalOnClass(Rehearsal.class)
@EnableConfigurationProperties(RehearsalProperties.class)
@RegisterReflectionForBinding(RehearsalReportDescriptor.class)
public final class RehearsalCommandAutoConfiguration {

	@Bean
	@Lazy
	ReportedRehearsal migrationsRehearsalCommand(MigratedDatabase database, MigrationSource source,
			MigrationsProperties migrations, RehearsalProperties properties) {
		ConfiguredRehearsal rehearsal = new ConfiguredRehearsal(database.connections(), source, migrations, properties,
				new PathMatchingResourcePatternResolver());
		return new ReportedRehearsal(rehearsal::run, properties.reportPath());
	}

}
