package io.veza.migrations.rehearsal.findings;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class IdentifierTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', value = { "users | users", "_u1 | _u1", "user | \"user\"",
			"Users | \"Users\"", "a b | \"a b\"", "a\"b | \"a\"\"b\"", "1a | \"1a\"", "name | name" })
	void identifierIsQuotedWhereItNeedsTo(String name, String written) {
		assertThat(Identifier.of(name)).isEqualTo(written);
	}

}
