package io.veza.migrations.testsupport;

import java.util.List;
import java.util.Scanner;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class JavaProcessTests {

	@Test
	void processIsHeardAndSpokenTo() {
		try (JavaProcess process = JavaProcess.start(Echo.class, List.of("-Dgreeting=hello"), List.of("world"))) {
			assertThat(process.awaitLine("hello")).isEqualTo("hello world");
			process.say("good bye");

			assertThat(process.awaitExit()).isEqualTo(3);
			assertThat(process.output()).containsExactly("hello world", "good bye");
		}
	}

	@Test
	void closeEndsAProcessThatWaits() {
		JavaProcess process = JavaProcess.start(Echo.class, List.of(), List.of());
		process.awaitLine("null");
		process.close();

		assertThat(process.awaitExit()).isNotIn(0, 3);
	}

	@Test
	void lineThatNeverComesIsReportedWithTheOutput() {
		try (JavaProcess process = JavaProcess.start(Echo.class, List.of(), List.of())) {
			process.say("one line");

			assertThatIllegalStateException().isThrownBy(() -> process.awaitLine("another"))
				.withMessageContaining("\"another\"")
				.withMessageContaining("one line");
		}
	}

	static final class Echo {

		private Echo() {
		}

		public static void main(String[] arguments) {
			System.out.println(System.getProperty("greeting") + " " + String.join(" ", arguments));
			try (Scanner input = new Scanner(System.in)) {
				System.out.println(input.nextLine());
			}
			System.exit(3);
		}

	}

}
