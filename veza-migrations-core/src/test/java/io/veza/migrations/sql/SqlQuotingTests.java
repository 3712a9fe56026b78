package io.veza.migrations.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqlQuotingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', value = { "users | users", "_u1 | _u1", "user | \"user\"",
			"Users | \"Users\"", "a b | \"a b\"", "a\"b | \"a\"\"b\"", "1a | \"1a\"", "name | name" })
	void identifierIsQuotedWhereItNeedsTo(String name, String written) {
		assertThat(SqlQuoting.identifierIfNeeded(name)).isEqualTo(written);
	}

}
