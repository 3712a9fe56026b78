package io.veza.migrations.execute;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentMigrationStatementTests {

	private static final String LONG = "INSERT INTO users VALUES ('" + "x".repeat(2000) + "')";

	@Test
	void isShownAsItsText() {
		assertThat(SentMigrationStatement.isShownAs(" SELECT 1 ", "SELECT 1")).isTrue();
	}

	@Test
	void isShownAsTheBeginningOfALongText() {
		assertThat(SentMigrationStatement.isShownAs(LONG, LONG.substring(0, 1023))).isTrue();
	}

	@Test
	void isNotShownAsAShortStatementThatBeginsInTheSameWay() {
		assertThat(SentMigrationStatement.isShownAs("SELECT 1 FROM users", "SELECT 1")).isFalse();
	}

	@Test
	void isNotShownAsAnotherStatement() {
		assertThat(SentMigrationStatement.isShownAs(LONG, LONG.replace("users", "rooms").substring(0, 1023))).isFalse();
	}

}
