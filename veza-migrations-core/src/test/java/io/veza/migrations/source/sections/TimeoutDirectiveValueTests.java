package io.veza.migrations.source.sections;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeoutDirectiveValueTests {

	@ParameterizedTest
	@CsvSource({ "0, PT0S", "0s, PT0S", "500ms, PT0.5S", "2s, PT2S", "10min, PT10M", "3h, PT3H", "24d, PT576H",
			"2147483647ms, PT596H31M23.647S" })
	void parseKnowsTheUnitsOfPostgresql(String text, Duration timeout) {
		assertThat(TimeoutDirectiveValue.parse(text)).contains(timeout);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "-1s", "1.5s", "5 s", "5S", "5m", "5sec", "25d", "2147483648ms",
			"99999999999999999999d", "PT5S" })
	void parseWhenPostgresqlWouldRefuseTheValueIsEmpty(String text) {
		assertThat(TimeoutDirectiveValue.parse(text)).isEmpty();
	}

}
