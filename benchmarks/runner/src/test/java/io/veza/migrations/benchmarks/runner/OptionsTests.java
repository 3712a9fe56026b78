package io.veza.migrations.benchmarks.runner;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Options}.
 */
class OptionsTests {

	@Test
	void withoutArgumentsEverythingIsMeasured() {
		Options options = Options.parse(List.of());

		assertThat(options.isComplete()).isTrue();
		assertThat(options.includes("fresh")).isTrue();
		assertThat(options.roundsOr(5)).isEqualTo(5);
	}

	@Test
	void partOfItIsNoCompleteRun() {
		Options options = Options.parse(List.of("--quick", "--only", "fresh,counts"));

		assertThat(options.isComplete()).isFalse();
		assertThat(options.includes("nothing")).isFalse();
		assertThat(options.roundsOr(5)).isOne();
	}

	@Test
	void commandKeepsSecretsOut() {
		Options options = Options.parse(List.of("--rounds", "3", "--url", "jdbc:x", "--password", "secret"));

		assertThat(options.command()).isEqualTo("benchmarks/run --rounds 3 --url …");
	}

	@Test
	void unknownOptionIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of("--fast")))
			.withMessage("\"--fast\" is not an option. Use one of these.");
	}

	@Test
	void unknownScenarioIsRefused() {
		Options options = Options.parse(List.of("--only", "slow"));

		assertThatIllegalArgumentException().isThrownBy(() -> options.require(List.of("fresh")))
			.withMessage("\"slow\" is not a scenario. Use one of these.");
	}

	@Test
	void optionWithoutItsValueIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of("--rounds")))
			.withMessage("\"--rounds\" has no value. Write one behind it.");
	}

}
