package io.veza.migrations.source.sections;

import java.time.Duration;

import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.MigrationSection.AcceptedFinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SectionDirectivesTests {

	@Test
	void parseReadsEachDirective() {
		MigrationSection up = TestContent.ofUp("""
				-- veza: transaction=off
				-- Author: someone
				-- veza: lock-timeout=2s

				--veza:statement-timeout = 10min
				-- veza: accept table-rewrite the table is small
				-- veza: accept drop-column  nobody reads it
				SELECT 1;""").up();

		assertThat(up.transactional()).isFalse();
		assertThat(up.lockTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(up.statementTimeout()).isEqualTo(Duration.ofMinutes(10));
		assertThat(up.accepted()).containsExactly(new AcceptedFinding("table-rewrite", "the table is small", 7),
				new AcceptedFinding("drop-column", "nobody reads it", 8));
	}

	@Test
	void parseWhenNoDirectiveIsGivenUsesDefaults() {
		MigrationSection up = TestContent.ofUp("-- a veza: comment\nSELECT 1;").up();

		assertThat(up.transactional()).isTrue();
		assertThat(up.lockTimeout()).isNull();
		assertThat(up.statementTimeout()).isNull();
		assertThat(up.accepted()).isEmpty();
	}

	@Test
	void parseAppliesDirectivesToTheirSectionOnly() {
		TestContent content = TestContent
			.of("-- UP\nSELECT 1;\n-- DOWN\n-- veza: transaction=off\n-- veza: lock-timeout=0\nSELECT 2;\n");

		assertThat(content.up().transactional()).isTrue();
		assertThat(content.parse().down().transactional()).isFalse();
		assertThat(content.parse().down().lockTimeout()).isEqualTo(Duration.ZERO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- veza : transaction=off", "--\tVEZA:\ttransaction\t=\toff\t" })
	void parseAcceptsBlanksAnywhereInADirective(String line) {
		assertThat(TestContent.ofUp(line + "\nSELECT 1;").up().transactional()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"transaction=on | The directive \"transaction\" does not know the value \"on\". Write \"-- veza: transaction=off\", or remove the line: a section is transactional by default.",
			"transaction=off lock-timeout=2s | The directive \"transaction\" does not know the value \"off lock-timeout=2s\". Write \"-- veza: transaction=off\", or remove the line: a section is transactional by default.",
			"lock-timeout=2 | The directive \"lock-timeout\" does not know the value \"2\". Write a whole number and a unit (ms, s, min, h, d), such as 500ms or 10min, 0 for no limit, at most 24d.",
			"lock_timeout=2s | There is no directive \"lock_timeout\". The directives are transaction=off, lock-timeout=…, statement-timeout=… and accept <finding> <reason>.",
			"skip | There is no directive \"skip\". The directives are transaction=off, lock-timeout=…, statement-timeout=… and accept <finding> <reason>.",
			"accept table-rewrite | The directive \"accept table-rewrite\" lacks a finding or a reason. Write \"-- veza: accept <finding> <reason>\"." })
	void parseWhenDirectiveIsUnknownNamesIt(String directive, String message) {
		assertThat(TestContent.ofUp("\n-- veza: " + directive + "\nSELECT 1;").messages())
			.containsExactly("3:0 " + message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "transaction=off", "lock-timeout=1s", "statement-timeout=1s" })
	void parseWhenDirectiveStandsTwiceNamesTheSecondLine(String directive) {
		String line = "-- veza: " + directive + "\n";

		assertThat(TestContent.ofUp(line + line + "SELECT 1;").messages()).containsExactly("3:0 The directive \""
				+ directive.replaceFirst("=.*", "") + "\" stands twice in this section. Remove one of the two lines.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1;\n-- veza: transaction=off", "SELECT\n-- veza: transaction=off\n1" })
	void parseWhenDirectiveStandsBehindAStatementSaysThatItHasNoEffect(String sql) {
		assertThat(TestContent.ofUp(sql).messages())
			.containsExactly("3:0 A directive has no effect behind a statement. Move it to the lines below \"-- UP\".");
	}

	@Test
	void parseWhenDirectiveStandsBeforeUpSaysThatItHasNoEffect() {
		assertThat(TestContent.of("-- veza: transaction=off\n-- UP\n-- DOWN\n").messages())
			.containsExactly("1:0 A directive has no effect before \"-- UP\". "
					+ "Move it below the line \"-- UP\" or \"-- DOWN\" of the section that it is for.");
	}

}
