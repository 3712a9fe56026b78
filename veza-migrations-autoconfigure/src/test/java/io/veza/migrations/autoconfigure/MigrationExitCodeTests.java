package io.veza.migrations.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.awaitility.Awaitility.await;

/**
 * Starts a JVM of its own, because only its end shows the exit code.
 */
class MigrationExitCodeTests {

	private static final String NOBODY_LISTENS = "--veza.migrations.url=jdbc:postgresql://localhost:1/none";

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "application-ready, classpath:db/none, 5", "database-initialization, classpath:db/none, 5",
			"application-ready, classpath:io/veza/migrations/autoconfigure/invalid, 2" })
	void failedStartEndsWithTheExitCodeOfItsCause(String phase, String location, int expected) throws Exception {
		Process process = start("--veza.migrations.startup-phase=" + phase, "--veza.migrations.locations=" + location);

		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

		assertThat(process.exitValue()).as(log()).isEqualTo(expected);
		assertThat(log()).contains("APPLICATION FAILED TO START");
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
	void terminatedWhileWaitingEndsWithoutAFailure() throws Exception {
		Process process = start("--veza.migrations.mode=wait");
		await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("Waiting until another process"));

		process.destroy();

		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isEqualTo(128 + 15);
		assertThat(log()).contains("The database cannot be reached while waiting")
			.doesNotContain("APPLICATION FAILED")
			.doesNotContain("\tat ");
	}

	private Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				Application.class.getName(), NOBODY_LISTENS, "--spring.main.web-application-type=none"));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("log").toFile())
			.start();
	}

	private String log() {
		return contentOf(this.folder.resolve("log").toFile());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, MigrationsAutoConfiguration.class })
	static class Application {

		public static void main(String[] args) {
			SpringApplication.run(Application.class, args);
		}

	}

}
