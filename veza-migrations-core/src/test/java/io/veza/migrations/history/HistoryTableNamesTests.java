package io.veza.migrations.history;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTableNamesTests {

	@Test
	void leaseIsNamedAfterTheHistory() {
		assertThat(named("x".repeat(57)).lease()).isEqualTo("x".repeat(57) + "_lease");
	}

	@Test
	void leaseOfALongNameFitsAndKeepsNamesApart() {
		String one = named("é".repeat(31)).lease();
		String other = named("é".repeat(30) + "è").lease();

		assertThat(one.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
		assertThat(one).startsWith("é".repeat(24) + "_").endsWith("_lease").isNotEqualTo(other);
	}

	private static HistoryTableNames named(String history) {
		return new HistoryTableNames(null, history, "events", "progress");
	}

}
