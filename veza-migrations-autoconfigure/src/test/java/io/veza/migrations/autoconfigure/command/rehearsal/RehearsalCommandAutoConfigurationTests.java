package io.veza.migrations.autoconfigure.command.rehearsal;

import javax.sql.DataSource;

import io.veza.migrations.autoconfigure.MigrationsAutoConfiguration;
import io.veza.migrations.autoconfigure.command.MigrationsCommandAutoConfiguration;
import io.veza.migrations.autoconfigure.command.RehearsalCommand;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RehearsalCommandAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MigrationsAutoConfiguration.class,
				MigrationsCommandAutoConfiguration.class, RehearsalCommandAutoConfiguration.class))
		.withBean(DataSource.class, PGSimpleDataSource::new)
		.withPropertyValues("veza.migrations.mode=manual");

	@Test
	void commandIsThereWithItsModuleButNotMadeByAStart() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(RehearsalCommand.class);
			assertThat(context.getBeanFactory().containsSingleton("migrationsRehearsalCommand")).isFalse();
			assertThat(context.getBean(RehearsalCommand.class)).isInstanceOf(ReportedRehearsal.class);
		});
	}

	@Test
	void propertyWithAWrongValueFailsTheStart() {
		this.contextRunner.withPropertyValues("veza.migrations.rehearsal.url=x")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("veza.migrations.rehearsal.url: the text is not a JDBC URL"));
	}

	@Test
	void applicationStartsWithoutTheModule() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.veza.migrations.rehearsal"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RehearsalCommand.class));
	}

}
