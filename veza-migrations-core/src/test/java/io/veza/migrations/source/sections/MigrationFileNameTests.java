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

}
