package io.veza.migrations.testsupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestServerIntegrationTests {

	@Test
	void createGivesAnEmptyDatabase() {
		TestDatabase database = TestDatabase.create();

		assertThat(database.objects()).isEmpty();
		assertThat(database.query("SELECT current_database()")).containsExactly(database.name());
	}

}
