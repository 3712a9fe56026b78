package io.veza.migrations.autoconfigure.command;

import javax.sql.DataSource;

import io.veza.migrations.autoconfigure.MigrationsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

class CommandLauncherTests {

	private final WrittenStreams written = new WrittenStreams();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MigrationsAutoConfiguration.class))
		.withUserConfiguration(Launcher.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					command=frobnicate                                 | There is no command "frobnicate". Choose one of migrate, rollback,
					command=repair                                     | The command "repair" names no version. Set
					command=migrate,veza.migrations.enabled=false      | veza.migrations.enabled is false, so that no command can run. Set
					command=migrate,veza.migrations.lock.wait=long     | veza.migrations.lock.wait
					command=migrate,veza.migrations.to=latest          | veza.migrations.to: "latest" is not a version. Write digits
					command=migrate,veza.migrations.output=xml         | veza.migrations.output
					command=rollback,veza.migrations.rollback.token=t  | is not the token of a plan
					command=migrate,veza.migrations.locations=file:/x/ | /x/
					command=rehearse                                   | is not on the class path. Add the dependency io.veza:veza-migrations-rehearsal.
					""")
	void commandThatCannotRunSaysWhyWithoutAConnection(String properties, String expected) {
		inCommandMode().withBean(DataSource.class, PGSimpleDataSource::new)
			.withPropertyValues(("veza.migrations." + properties).split(","))
			.run((context) -> assertThat(context).getFailure().hasMessage("2"));

		assertThat(this.written.err()).startsWith("Error: ").contains(expected);
		assertThat(this.written.out()).isEmpty();
	}

	@Test
	void commandWithoutADatabaseIsRefused() {
		inCommandMode().withPropertyValues("veza.migrations.command=status")
			.run((context) -> assertThat(context).getFailure().hasMessage("2"));

		assertThat(this.written.err()).contains("There is no database to migrate. Set veza.migrations.url, or define");
	}

	@Test
	void startWithoutACommandGoesOn() {
		this.contextRunner.withBean(DataSource.class, PGSimpleDataSource::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void commandDestroysTheBeansThatItNeeded() {
		CloseableDataSource dataSource = new CloseableDataSource();

		inCommandMode().withBean(DataSource.class, () -> dataSource)
			.withPropertyValues("veza.migrations.command=status", "veza.migrations.locations=classpath:db/none")
			.run((context) -> assertThat(context).getFailure().hasMessage("5"));

		assertThat(dataSource.closed).isTrue();
	}

	private ApplicationContextRunner inCommandMode() {
		return this.contextRunner.withBean(CommandStreams.class, this.written::streams);
	}

	/**
	 * A pool, as far as its end is concerned.
	 */
	static final class CloseableDataSource extends PGSimpleDataSource implements AutoCloseable {

		private static final long serialVersionUID = 1L;

		private boolean closed;

		private CloseableDataSource() {
			setUrl("jdbc:postgresql://localhost:1/none");
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(MigrationsCommandProperties.class)
	static class Launcher {

		@Bean
		static CommandLauncher launcher(Environment environment) {
			return new CommandLauncher(environment, "olivia", (exitCode) -> {
				throw new IllegalStateException(String.valueOf(exitCode));
			});
		}

	}

}
