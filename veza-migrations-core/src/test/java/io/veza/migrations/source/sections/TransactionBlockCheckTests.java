package io.veza.migrations.source.sections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionBlockCheckTests {

	private static final String OFF = "-- veza: transaction=off\n";

	@ParameterizedTest
	@CsvSource({ "BEGIN", "START TRANSACTION", "COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE TRANSACTION" })
	void transactionControlInATransactionalSectionSaysTheWayOut(String control) {
		assertThat(TestContent.ofUp("SELECT 1;\n " + control + ";\nSELECT 2;\nCOMMIT;").messages())
			.containsExactly("3:2 \"" + control
					+ "\" controls transactions, but this section shares one transaction with its history row. "
					+ "Remove it, or write \"-- veza: transaction=off\" below \"-- UP\".");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SAVEPOINT a; ROLLBACK TO a; RELEASE a;", "DO $$ BEGIN COMMIT; END $$;",
			"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;" })
	void whatOnlyLooksLikeTransactionControlIsAllowed(String sql) {
		assertThat(TestContent.ofUp(sql).up().transactional()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { OFF + "BEGIN; SELECT 1; COMMIT; SELECT 2; BEGIN; ROLLBACK;",
			"START TRANSACTION; SELECT 1; END; VACUUM;", OFF + "BEGIN; SELECT 1; PREPARE TRANSACTION 'x';",
			"CREATE INDEX CONCURRENTLY i ON t (a); BEGIN; SELECT 1; COMMIT;" })
	void blocksInANonTransactionalSectionAreAllowed(String sql) {
		assertThat(TestContent.ofUp(sql).up().transactional()).isFalse();
	}

	@Test
	void blockWithoutEndPointsToItsBeginning() {
		assertThat(TestContent.ofUp(OFF + "BEGIN;\nSELECT 1;").messages()).containsExactly(
				"3:1 The transaction block that begins here has no end in its section. Add \"COMMIT\" behind its last statement.");
	}

	@Test
	void endWithoutBlockPointsToIt() {
		assertThat(TestContent.ofUp(OFF + "SELECT 1;\nCOMMIT;").messages()).containsExactly(
				"4:1 \"COMMIT\" ends a transaction block that nothing opened. Put \"BEGIN\" where it begins, or remove this.");
	}

	@Test
	void blockInsideABlockPointsToBoth() {
		assertThat(TestContent.ofUp(OFF + "BEGIN;\nBEGIN;\nCOMMIT;").messages()).containsExactly(
				"4:1 \"BEGIN\" opens a transaction block inside the one that begins on line 3. End that one before.");
	}

	@Test
	void statementThatRefusesABlockInsideOnePointsToIt() {
		assertThat(TestContent.ofUp("BEGIN;\nDROP INDEX CONCURRENTLY i;\nCOMMIT;").messages()).containsExactly(
				"3:1 \"DROP INDEX\" cannot run inside the transaction block that begins on line 2. Move it before the block or behind it.");
	}

	@Test
	void chainedBlocksAreRefused() {
		assertThat(TestContent.ofUp(OFF + "BEGIN;\nCOMMIT AND CHAIN;\nCOMMIT AND NO CHAIN;").messages())
			.containsExactly(
					"4:1 \"COMMIT\" with \"AND CHAIN\" is not supported. Leave that out and write \"BEGIN\" where the next transaction block begins.",
					"5:1 \"COMMIT\" ends a transaction block that nothing opened. Put \"BEGIN\" where it begins, or remove this.");
	}

	@Test
	void eachSectionIsTransactionalByItself() {
		TestContent content = TestContent.of("-- UP\nCREATE INDEX CONCURRENTLY i ON t (a);\n-- DOWN\nDROP INDEX i;\n");

		assertThat(content.parse().up().transactional()).isFalse();
		assertThat(content.parse().down().transactional()).isTrue();
	}

}
