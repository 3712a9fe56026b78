package io.veza.migrations.source.sections;

import java.nio.charset.StandardCharsets;

import io.veza.migrations.Migration.Content;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.statement.CurrentStatementText;
import io.veza.migrations.sql.MigrationSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class MigrationFileParserTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "-- UP\nSELECT 1;\n-- DOWN\nSELECT 2;", "\uFEFF-- up\r\nSELECT 1\r\n\t--  Down \t\r\nSELECT 2",
					"-- a file\n/* of\n-- UP\n */\n\n  -- Up\nSELECT 1;;\n;\n-- down\n;SELECT 2;\n",
					"-- UP\n-- up to here, prose\nSELECT /*\n-- DOWN\n*/ 1;\n-- DOWN\nSELECT 2;\n-- UPS, no marker\n" })
	void parseFindsBothSections(String text) {
		Content content = TestContent.of(text).parse();

		assertThat(TestContent.statements(content.up().script())).singleElement()
			.satisfies((statement) -> assertThat(statement.sql()).matches("SELECT[^;]+1"));
		assertThat(TestContent.statements(content.down().script())).singleElement()
			.satisfies((statement) -> assertThat(statement.sql()).isEqualTo("SELECT 2"));
	}

	@Test
	void parseDoesNotSeeMarkersInLiteralsAndData() {
		Content content = TestContent.of("""
				-- UP
				SELECT '
				-- DOWN
				', $$
				-- DOWN
				$$, "
				-- DOWN
				";
				COPY t FROM STDIN;
				-- DOWN
				\\.
				-- DOWN
				SELECT 2;
				""").parse();

		assertThat(content.up().statementCount()).isEqualTo(2);
		assertThat(content.down().statementCount()).isEqualTo(1);
	}

	@Test
	void parseReadsMetadataFromTheLeadingComments() {
		MigrationSection up = TestContent.ofUp("""
				-- Migration: Create users table
				-- DESCRIPTION:   Initial: users  \t
				--author:Veza Team
				-- Author: someone else
				-- Ticket: 17

				/* Date: no */
				-- Date: 2024-01-15
				CREATE TABLE users (
				-- Rollback: no
				);
				-- Rollback: no""").up();

		assertThat(up.metadata()).containsExactly(entry("Migration", "Create users table"),
				entry("Description", "Initial: users"), entry("Author", "Veza Team"), entry("Date", "2024-01-15"));
	}

	@Test
	void parseReadsWhyADownIsIrreversible() {
		Content content = TestContent
			.of("-- UP\nDROP TABLE t;\n-- DOWN\n-- Rollback: none\n-- Irreversible: the data is gone\n")
			.parse();

		assertThat(content.down().irreversible()).isEqualTo("the data is gone");
		assertThat(content.down().metadata()).containsExactly(entry("Rollback", "none"));
	}

	@Test
	void parseWhenUpHasNoStatementAcceptsAnEmptyDown() {
		Content content = TestContent.of("-- UP\n-- nothing yet\n-- DOWN\n").parse();

		assertThat(content.up().statementCount()).isZero();
		assertThat(content.down().irreversible()).isNull();
	}

	@Test
	void parseWhenDownIsEmptyAsksForAReason() {
		assertThat(TestContent.of("-- UP\nSELECT 1;\n-- DOWN\n-- nothing;\n;\n").messages())
			.containsExactly("3:0 The DOWN is empty. Write the SQL that takes the UP back, "
					+ "or \"-- irreversible: <reason>\" if there is none.");
	}

	@Test
	void parseWhenIrreversibleLacksAReasonAsksForIt() {
		assertThat(TestContent.of("-- UP\nSELECT 1;\n-- DOWN\n-- irreversible: \n").messages()).containsExactly(
				"4:0 \"-- irreversible:\" lacks a reason. Write why there is no way back behind the colon.");
	}

	@Test
	void parseWhenIrreversibleStandsInTheUpSaysThatItHasNoEffect() {
		assertThat(TestContent.of("-- UP\n-- irreversible: x\nSELECT 1;\n-- DOWN\nSELECT 2;").messages())
			.containsExactly("2:0 \"-- irreversible:\" has no effect in the UP. Move it below \"-- DOWN\".");
	}

	@Test
	void parseWhenMarkersAreMissingNamesThem() {
		assertThat(TestContent.of("SELECT 1;\n").messages()).containsExactly(
				"0:0 The file has no line \"-- UP\". Write it alone on a line, and below it the SQL that is applied.",
				"0:0 The file has no line \"-- DOWN\". Write it alone on a line, and below it "
						+ "the SQL that takes it back, or \"-- irreversible: <reason>\".");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--DOWN", "-- DOWN:", "--- down ---", "-- +goose Down", "-- migrate:down", "-- !Downs",
			"-- DOWN_", "SELECT 2; -- DOWN" })
	void parseWhenSomethingLooksLikeTheMissingMarkerNamesItsLine(String line) {
		assertThat(TestContent.of("-- UP\nSELECT 1;\n" + line + "\nSELECT 3;").messages())
			.containsExactly("3:0 The file has no line \"-- DOWN\", but line 3 looks as if it were meant. "
					+ "Write it as \"-- DOWN\", alone on its line.");
	}

	@Test
	void parseWhenAMarkerStandsTwiceNamesBothLines() {
		assertThat(TestContent.of("-- UP\nSELECT 1;\n-- up\n-- DOWN\nSELECT 2;\n\n-- DOWN").messages()).containsExactly(
				"3:0 A second \"-- UP\" stands here, the first one on line 1. "
						+ "A file has one of each: remove this one, or split the file.",
				"7:0 A second \"-- DOWN\" stands here, the first one on line 4. "
						+ "A file has one of each: remove this one, or split the file.");
	}

	@Test
	void parseWhenDownStandsFirstNamesBothLines() {
		assertThat(TestContent.of("-- DOWN\nSELECT 2;\n-- UP\nSELECT 1;").messages())
			.containsExactly("1:0 \"-- DOWN\" stands before \"-- UP\", which is on line 3. Put the UP first.");
	}

	@Test
	void parseWhenStatementStandsBeforeUpPointsToIt() {
		assertThat(TestContent.of("-- x\n SET a = 1;\nSET b = 2;\n-- UP\n-- DOWN\n").messages()).containsExactly(
				"2:2 \"SET A\" stands before \"-- UP\", where it would never run. Move it below \"-- UP\".");
	}

	@Test
	void parseWhenPsqlCommandStandsInAFileNamesEachLine() {
		assertThat(TestContent.ofUp("\\set x 1\nSELECT 1 \\gset\n\\i other.sql\n").messages()).containsExactly(
				"2:1 \"\\set\" is a command of psql, which PostgreSQL does not know. Remove it, or write it as SQL.",
				"3:10 \"\\gset\" is a command of psql, which PostgreSQL does not know. Remove it, or write it as SQL.",
				"4:1 \"\\i\" is a command of psql, which PostgreSQL does not know. Remove it, or write it as SQL.");
	}

	@Test
	void parsePassesOverWhatPgDumpWritesForPsql() {
		TestContent content = TestContent.ofUp("\\restrict abc\n\nSELECT 1;\n\n\\unrestrict abc\n");

		assertThat(content.upStatements()).containsExactly("SELECT 1");
	}

	@Test
	void parseWhenLiteralHasNoEndReportsNothingElse() {
		assertThat(TestContent.of("-- UP\nSELECT 'a;\n-- DOWN\nSELECT 2;").messages())
			.containsExactly("2:8 The string that begins here has no end. Close it with a single quote.");
	}

	@Test
	void parseWhenBytesAreNotUtf8ReportsWhatCameBeforeToo() {
		byte[] bytes = "-- UP\n\\set\nSELECT 'x';".getBytes(StandardCharsets.US_ASCII);
		bytes[19] = (byte) 0xE9;

		assertThat(TestContent.of(bytes).problems()).extracting(FileProblem::line).containsExactly(2, 3);
	}

	@Test
	void parseWhenStatementIsLargerThan16MegabytesPointsToIt() {
		String literal = "x".repeat(CurrentStatementText.MAX_BYTES - "SELECT ''".length());

		assertThat(TestContent.ofUp("SELECT '" + literal + "' ;").upStatements()).hasSize(1);
		assertThat(TestContent.ofUp("SELECT 1;\n SELECT 'x" + literal + "';").messages())
			.containsExactly("3:2 The statement that begins here has more than 16 MB. "
					+ "Split it, or load the data with COPY … FROM STDIN.");
	}

	@Test
	void parseAddsTheSourceLineToAProblem() {
		assertThat(TestContent.of("-- UP\n\n\tSELECT 'a;\n").problems()).singleElement()
			.hasToString("001_test.sql:3:9: The string that begins here has no end. Close it with a single quote."
					+ "\n  \tSELECT 'a;\n  \t       ^");
	}

}
