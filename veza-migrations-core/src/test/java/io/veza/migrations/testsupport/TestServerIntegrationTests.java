package io.veza.migrations.testsupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

class TestServerIntegrationTests {

	@Test
	void createGivesAnEmptyDatabase() {
		TestDatabase database = TestDatabase.create();

		assertThat(database.objects()).isEmpty();
		assertThat(database.query("SELECT current_database()")).containsExactly(database.name());
	}

	@Test
	void serverIsOfTheVersionThatWasChosen() {
		String major = System.getProperty("postgres.version", "17").split("\\.")[0];

		assertThat(TestDatabase.create().query("SHOW server_version")).singleElement(as(STRING))
			.startsWith(major + ".");
	}

}
