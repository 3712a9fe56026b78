package io.veza.migrations.execute;

import java.sql.SQLException;

import io.veza.migrations.PlanStep;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.sql.SqlState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryFailureTranslatorTests {

	private static final PlanStep STEP = TestSteps.step("1");

	@Test
	void translateWhenTheEventHasNoVersionSaysThatTheLockIsGone() {
		assertThat(HistoryFailureTranslator.translate(error(SqlState.NOT_NULL_VIOLATION), STEP))
			.isInstanceOf(HistoryException.class)
			.hasMessageContaining(
					"The lock of this run is gone and another run has it, so that nothing of version \"1\" "
							+ "(1_step.sql) may be recorded");
	}

	@Test
	void translateWhenTheConnectionIsLostSaysSo() {
		SQLException ex = new SQLException("An I/O error occurred", "08006");

		assertThat(HistoryFailureTranslator.translate(ex, null)).isInstanceOf(DatabaseUnreachableException.class)
			.hasMessageContaining("The connection was lost while the history was written: An I/O error occurred.")
			.hasMessageContaining("Start again: the history says where to continue.");
	}

	@Test
	void translateWhenTheServerEndsTheSessionIsNoAnswer() {
		assertThat(HistoryFailureTranslator.translate(error(SqlState.ADMIN_SHUTDOWN), null))
			.isInstanceOf(DatabaseUnreachableException.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			42P01 | set veza.migrations.table to another one
			VZ001 | Start again: the history says where to continue.
			23505 | Another runner has recorded the version meanwhile
			42501 | Give the user that migrates the right
			53100 | The server's disk is full
			XX000 | Nothing of it is in the database
			""")
	void translateSaysWhatToDo(String sqlState, String advice) {
		MigrationException failure = HistoryFailureTranslator.translate(error(sqlState), STEP);

		assertThat(failure).isInstanceOf(HistoryException.class)
			.hasMessageContaining("The history of version \"1\" (1_step.sql) could not be written: it failed.")
			.hasMessageContaining(advice);
	}

	private static PSQLException error(String sqlState) {
		return new PSQLException(new ServerErrorMessage("SERROR\0C" + sqlState + "\0Mit failed\0"));
	}

}
