package io.veza.migrations.sql;

import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqlQuotingIntegrationTests {

	private static final TestDatabase database = TestDatabase.create();

	@ParameterizedTest
	@ValueSource(
			strings = { "plain", "it's", "back\\slash", "\\'; DROP TABLE x; --", "$$ ? ${x} {d '1'}", "a\nb\tc", "😀" })
	void literalMeansTheSameWhateverTheSessionsSettings(String value) {
		for (String conforming : new String[] { "on", "off" }) {
			assertThat(database.query("SELECT set_config('standard_conforming_strings', '" + conforming
					+ "', false) <> '', " + SqlQuoting.literal(value)))
				.containsExactly("t|" + value);
		}
	}

	@Test
	void literalOfNothingIsNull() {
		assertThat(SqlQuoting.literal(null)).isEqualTo("NULL");
	}

	@Test
	void identifierKeepsQuotesAndCase() {
		String name = "My \"Table\"; --";

		assertThat(database.query("SELECT 1 AS " + SqlQuoting.identifier(name) + " LIMIT 1")).containsExactly("1");
		assertThat(SqlQuoting.identifier(name)).isEqualTo("\"My \"\"Table\"\"; --\"");
	}

}
