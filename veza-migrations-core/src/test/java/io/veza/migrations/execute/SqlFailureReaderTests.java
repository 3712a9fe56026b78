package io.veza.migrations.execute;

import java.sql.SQLException;

import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import static org.assertj.core.api.Assertions.assertThat;

class SqlFailureReaderTests {

	private static final SqlStatement STATEMENT = new SqlStatement("SELECT 'ä😀'\n  FROM nowhere", 3, 5,
			SqlStatement.Kind.QUERY);

	@Test
	void describeFindsTheLineAndTheColumnThatThePositionPointsTo() {
		SqlFailure failure = describe("P19");

		assertThat(failure.line()).isEqualTo(4);
		assertThat(failure.column()).isEqualTo(7);
		assertThat(failure.sourceLine()).isEqualTo("  FROM nowhere");
	}

	@Test
	void describeCountsWhatStandsBeforeTheStatementOnItsFirstLine() {
		SqlFailure failure = describe("P8");

		assertThat(failure.line()).isEqualTo(3);
		assertThat(failure.column()).isEqualTo(12);
	}

	@Test
	void describeFindsTheLineOfCopyData() {
		SqlFailure failure = SqlFailureReader.describe(error("WCOPY rooms, line 3, column id: \"x\""), "1.sql",
				STATEMENT, 10);

		assertThat(failure.line()).isEqualTo(12);
	}

	@Test
	void describeFindsTheLineInABlock() {
		SqlStatement block = new SqlStatement("DO $$\nBEGIN\n  RAISE 'no';\nEND $$", 1, 1, SqlStatement.Kind.ORDINARY);

		SqlFailure failure = SqlFailureReader.describe(error("WPL/pgSQL function inline_code_block line 3 at RAISE"),
				"1.sql", block, 0);

		assertThat(failure.line()).isEqualTo(3);
		assertThat(failure.column()).isEqualTo(3);
	}

	@Test
	void describeWithoutAnAnswerOfTheServerPointsToTheStatement() {
		SqlFailure failure = SqlFailureReader.describe(new SQLException("gone", "08006"), "1.sql", STATEMENT, 0);

		assertThat(failure.describe()).contains("1.sql:3:5: gone (SQLSTATE 08006)");
		assertThat(failure.advice())
			.isEqualTo("The connection was lost. Start again: the history says where to continue.");
	}

	private static SqlFailure describe(String field) {
		return SqlFailureReader.describe(error(field), "1.sql", STATEMENT, 0);
	}

	private static PSQLException error(String field) {
		return new PSQLException(new ServerErrorMessage("SERROR\0C42P01\0Mit failed\0" + field + "\0"));
	}

}
