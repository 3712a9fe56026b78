package io.veza.migrations.sql;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdentifierLengthTests {

	@Test
	void lengthCountsBytes() {
		assertThat(IdentifierLength.fits("x".repeat(63))).isTrue();
		assertThat(IdentifierLength.fits("x".repeat(64))).isFalse();
		assertThat(IdentifierLength.fits("é".repeat(32))).isFalse();
	}

	@Test
	void shortNameIsKept() {
		assertThat(IdentifierLength.shortened("users", "_1")).isEqualTo("users_1");
	}

	@Test
	void longNameIsCutBetweenCharactersAndKeepsItsEnd() {
		assertThat(IdentifierLength.shortened("😀".repeat(16), "_1")).isEqualTo("😀".repeat(15) + "_1");
	}

	@Test
	void endThatIsTooLongStays() {
		assertThat(IdentifierLength.shortened("users", "x".repeat(70))).isEqualTo("x".repeat(70));
	}

}
