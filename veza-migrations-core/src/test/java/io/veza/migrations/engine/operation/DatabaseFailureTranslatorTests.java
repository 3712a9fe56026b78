package io.veza.migrations.engine.operation;

import java.sql.SQLException;

import io.veza.migrations.failure.UnsupportedDatabaseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseFailureTranslatorTests {

	@ParameterizedTest
	@ValueSource(strings = { "42P05", "26000" })
	void preparedStatementOfAnotherClientSaysWhatToConfigure(String state) {
		SQLException failure = new SQLException("prepared statement \"S_1\" already exists", state);

		assertThat(DatabaseFailureTranslator.translate(failure)).isInstanceOf(UnsupportedDatabaseException.class)
			.hasMessage(
					"The connection leads through a pooler that shares sessions, and the driver prepares statements "
							+ "in them: prepared statement \"S_1\" already exists. Add prepareThreshold=0 to the JDBC URL of the "
							+ "DataSource, or set veza.migrations.url to a direct connection to the server.");
	}

}
