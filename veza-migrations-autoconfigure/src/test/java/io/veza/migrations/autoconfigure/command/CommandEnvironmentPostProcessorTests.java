package io.veza.migrations.autoconfigure.command;

import java.io.PrintStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class CommandEnvironmentPostProcessorTests {

	private final PrintStream original = System.out;

	private final DefaultBootstrapContext bootstrapContext = new DefaultBootstrapContext();

	private final CommandEnvironmentPostProcessor early = new EarlyCommandEnvironmentPostProcessor(
			this.bootstrapContext);

	private final CommandEnvironmentPostProcessor late = new CommandEnvironmentPostProcessor(this.bootstrapContext);

	private final SpringApplication application = new SpringApplication();

	@AfterEach
	void restoreOutput() {
		System.setOut(this.original);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void blankCommandChangesNothing(String command) {
		MockEnvironment environment = new MockEnvironment().withProperty("veza.migrations.command", command);

		this.late.postProcessEnvironment(environment, this.application);

		assertThat(System.out).isSameAs(this.original);
		assertThat(environment.getProperty("spring.main.banner-mode")).isNull();
		assertThat(this.bootstrapContext.isRegistered(CommandStart.class)).isFalse();
	}

	@Test
	void commandTakesPrecedenceOverWhatIsConfigured() {
		MockEnvironment environment = new MockEnvironment().withProperty("veza.migrations.command", "status")
			.withProperty("veza.migrations.mode", "migrate")
			.withProperty("spring.main.web-application-type", "servlet");

		this.late.postProcessEnvironment(environment, this.application);

		assertThat(environment.getProperty("veza.migrations.mode")).isEqualTo("manual");
		assertThat(environment.getProperty("spring.main.web-application-type")).isEqualTo("none");
	}

	@Test
	void secondPassOfTheSameStartChangesNothing() {
		MockEnvironment environment = new MockEnvironment().withProperty("veza.migrations.command", "status");
		this.early.postProcessEnvironment(environment, this.application);
		CommandStart start = this.bootstrapContext.get(CommandStart.class);

		this.late.postProcessEnvironment(environment, this.application);

		assertThat(this.bootstrapContext.get(CommandStart.class)).isSameAs(start);
		assertThat(start.streams().output()).isSameAs(this.original);
	}

	@Test
	void divertedOutputIsNotReservedAgainByAnotherContext() {
		PrintStream reserved = DivertedOutput.install();
		PrintStream diverted = System.out;

		assertThat(reserved).isSameAs(this.original).isNotSameAs(diverted);
		assertThat(DivertedOutput.install()).isSameAs(this.original);
		assertThat(System.out).isSameAs(diverted);
	}

	@Test
	void oneLooksBeforeFilesAreReadAndOneAtTheEnd() {
		assertThat(this.early.getOrder()).isLessThan(ConfigDataEnvironmentPostProcessor.ORDER);
		assertThat(this.late.getOrder()).isGreaterThan(ConfigDataEnvironmentPostProcessor.ORDER);
	}

}
