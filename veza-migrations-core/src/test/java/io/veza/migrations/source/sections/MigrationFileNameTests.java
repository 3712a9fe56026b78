package io.veza.migrations.source.sections;

import io.veza.migrations.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationFileNameTests {

	@ParameterizedTest
	@CsvSource({ "001_create_users.sql, 001, create_users", "20240115093000_x.SQL, 20240115093000, x",
			"1.2.3_été à 50% (v2).sql, 1.2.3, été à 50% (v2)", "1__x.sql, 1, _x", "2_a.sql.sql, 2, a.sql" })
	void parseSplitsAtTheFirstUnderscore(String name, String version, String description) {
		assertThat(MigrationFileName.parse(name))
			.contains(new MigrationFileName(MigrationVersion.of(version), description));
	}

	@ParameterizedTest
	@ValueSource(strings = { "V1__init.sql", "001.sql", "001_.sql", "_x.sql", "001-x.sql", "1a_x.sql", "1._x.sql",
			".sql", "setup.sql", "-1_x.sql", "1 _x.sql" })
	void parseWhenNameDoesNotFitIsEmpty(String name) {
		assertThat(MigrationFileName.parse(name)).isEmpty();
	}

	@Test
	void parseLimitsTheDescriptionToItsColumn() {
		assertThat(MigrationFileName.parse("1_" + "😀".repeat(255) + ".sql")).isPresent();
		assertThat(MigrationFileName.parse("1_" + "x".repeat(256) + ".sql")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "20260115_093000_add.sql, 20260115093000_add.sql", "20260115_0930_add.sql, 202601150930_add.sql",
			"2026_04_11_x.sql, 20260411_x.sql", "2026_04_11_093000_x.sql, 20260411093000_x.sql",
			"202604_11_x.sql, 20260411_x.sql", "1_2__x.sql, 1.2_x.sql", "1_2_3__x y.sql, 1.2.3_x y.sql" })
	void probablyMeantJoinsAVersionThatAnUnderscoreDivides(String name, String meant) {
		assertThat(MigrationFileName.probablyMeant(name)).contains(meant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "003_2fa_tables.sql", "004_2024_report.sql", "005_2024_01_15_report.sql", "1__x.sql",
			"1_2_x.sql", "20260115_93_x.sql", "20261315_093000_x.sql", "2026_13_11_x.sql", "20260115093000_x.sql",
			"20260115_093000.sql", "setup.sql" })
	void probablyMeantSuspectsNothingElse(String name) {
		assertThat(MigrationFileName.probablyMeant(name)).isEmpty();
	}

}
