package io.veza.migrations;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MigrationVersionTests {

	@ParameterizedTest
	@CsvSource({ "001, 1", "1.0, 1", "1.02, 1.2", "0, 000", "20240115093000, 020240115093000" })
	void equalWhenTheNumbersAre(String left, String right) {
		assertThat(MigrationVersion.of(left)).isEqualTo(MigrationVersion.of(right))
			.hasSameHashCodeAs(MigrationVersion.of(right))
			.isEqualByComparingTo(MigrationVersion.of(right));
	}

	@Test
	void compareToOrdersByNumbersAndNotByText() {
		List<String> ordered = List.of("0", "1", "1.0.1", "1.2", "1.10", "2", "9", "10", "099", "100", "20240115093000",
				"99999999999999999999999999", "100000000000000000000000000");

		assertThat(Stream.of(ordered).flatMap(List::stream).map(MigrationVersion::of).sorted())
			.extracting(MigrationVersion::text)
			.isEqualTo(ordered);
		assertThat(MigrationVersion.of("10").isNewerThan(MigrationVersion.of("9"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "1a", ".1", "1.", "1..2", "-1", "1,2", " 1", "١" })
	void ofRefusesWhatIsNotAVersion(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> MigrationVersion.of(text))
			.withMessage("\"" + text
					+ "\" is not a version. A version is digits, optionally dotted, such as 001, 20240115093000 or 1.2.3.");
	}

	@Test
	void ofRefusesWhatTheHistoryTableCannotHold() {
		assertThat(MigrationVersion.isVersion("1".repeat(255))).isTrue();
		assertThat(MigrationVersion.isVersion("1".repeat(256))).isFalse();
	}

	@Test
	void textIsTheVersionAsItWasWritten() {
		assertThat(MigrationVersion.of("001.00")).hasToString("001.00");
	}

}
