package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.actuate.descriptor.MigrationsDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.actuate.descriptor.ProblemDescriptor;
import io.veza.migrations.actuate.descriptor.ReportDescriptor;
import io.veza.migrations.autoconfigure.MigrationsAutoConfiguration;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for one-shot commands. It has no condition: an application that was
 * prepared ahead of time runs commands too, and one that cannot run them says so.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MigrationsAutoConfiguration.class)
@EnableConfigurationProperties(MigrationsCommandProperties.class)
@RegisterReflectionForBinding({ MigrationsDescriptor.class, PlanDescriptor.class, ReportDescriptor.class,
		ProblemDescriptor.PlainProblem.class, ProblemDescriptor.ListedProblems.class,
		ProblemDescriptor.BusyProblem.class, ProblemDescriptor.MigrationFailedProblem.class,
		ProblemDescriptor.PlanChangedProblem.class, ProblemDescriptor.VerificationProblem.class,
		ProblemDescriptor.HistoryFailedProblem.class })
public final class MigrationsCommandAutoConfiguration {

	@Bean
	static CommandLauncher migrationsCommandLauncher(Environment environment) {
		return new CommandLauncher(environment, System.getProperty("user.name"), System::exit);
	}

}
