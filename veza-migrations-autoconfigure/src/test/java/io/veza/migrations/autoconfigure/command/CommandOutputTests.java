package io.veza.migrations.autoconfigure.command;

import java.util.List;
import java.util.UUID;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.actuate.ProblemTranslator;
import io.veza.migrations.status.MigrationStatus;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class CommandOutputTests {

	private final WrittenStreams written = new WrittenStreams();

	private final CommandOutput json = output("JSON");

	@Test
	void ofIsTextUnlessJsonIsAskedFor() {
		assertThat(output("")).isInstanceOf(TextOutput.class);
		assertThat(output("xml")).isInstanceOf(TextOutput.class);
		assertThat(this.json).isInstanceOf(JsonOutput.class);
	}

	@Test
	void jsonIsOneLineInUtf8WithoutNulls() {
		this.json.report(new MigrationReport(new UUID(0, 1), MigrationOperation.MIGRATE, List.of(), null, List.of(),
				List.of("é")));

		assertThat(this.written.out()).isEqualTo("""
				{"operationId":"00000000-0000-0000-0000-000000000001","operation":"migrate",\
				"migrations":[],"warnings":["é"]}
				""");
	}

	@Test
	void jsonOfARollbackHasNoSteps() {
		assertThat(this.json.step("rollback", () -> "done", (result) -> "never")).isEqualTo("done");

		assertThat(this.written.out()).isEmpty();
	}

	@Test
	void jsonOfAValidDatabaseIsItsStatus() {
		this.json
			.valid(new MigrationStatus(null, MigrationStatus.State.UP_TO_DATE, null, List.of(), List.of(), List.of()));

		assertThat(this.written.out()).startsWith("{\"state\":\"up-to-date\",");
	}

	@Test
	void failureIsForPeopleOnTheErrorStreamAndForMachinesAsJsonToo() {
		CommandFailure failure = new CommandFailure(2, "wrong", ProblemTranslator.invalidConfiguration("wrong"));

		output("text").failure(failure);
		assertThat(this.written.err()).isEqualTo("Error: wrong" + System.lineSeparator());
		assertThat(this.written.out()).isEmpty();

		this.json.failure(failure);
		assertThat(this.written.out()).startsWith("{\"type\":\"urn:veza:migrations:invalid-configuration\",");
	}

	private CommandOutput output(String name) {
		return CommandOutput.of(new MockEnvironment().withProperty("veza.migrations.output", name),
				this.written.streams());
	}

}
