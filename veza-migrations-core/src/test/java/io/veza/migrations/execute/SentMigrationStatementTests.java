package io.veza.migrations.execute;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentStatementTests {

	private static final String LONG = "INSERT INTO users VALUES ('" + "x".repeat(2000) + "')";

	@Test
	void isShownAsItsText() {
		assertThat(SentStatement.isShownAs(" SELECT 1 ", "SELECT 1")).isTrue();
	}

	@Test
	void isShownAsTheBeginningOfALongText() {
		assertThat(SentStatement.isShownAs(LONG, LONG.substring(0, 1023))).isTrue();
	}

	@Test
	void isNotShownAsAShortStatementThatBeginsInTheSameWay() {
		assertThat(SentStatement.isShownAs("SELECT 1 FROM users", "SELECT 1")).isFalse();
	}

	@Test
	void isNotShownAsAnotherStatement() {
		assertThat(SentStatement.isShownAs(LONG, LONG.replace("users", "rooms").substring(0, 1023))).isFalse();
	}

}
