package io.veza.migrations.execute.pipeline;

import io.veza.migrations.execute.TestSteps;
import io.veza.migrations.execute.pipeline.PipelineEntry.Kind;
import io.veza.migrations.sql.SqlState;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import static org.assertj.core.api.Assertions.assertThat;

class PipelineFailedExceptionTests {

	@Test
	void aCheckThatFailsSaysThatTheSessionHasChanged() {
		assertThat(failure(Kind.CHECK, "22P02").isSessionChanged(false)).isTrue();
		assertThat(failure(Kind.CHECK, SqlState.LOCK_NOT_AVAILABLE).isSessionChanged(false)).isFalse();
	}

	@Test
	void aCheckThatIsCancelledWhenTheApplicationClosesSaysNothing() {
		assertThat(failure(Kind.CHECK, SqlState.QUERY_CANCELED).isSessionChanged(false)).isTrue();
		assertThat(failure(Kind.CHECK, SqlState.QUERY_CANCELED).isSessionChanged(true)).isFalse();
	}

	@Test
	void aRecordThatIsNoLongerPreparedSaysThatTheSessionHasChanged() {
		assertThat(failure(Kind.RECORD, SqlState.INVALID_SQL_STATEMENT_NAME).isSessionChanged(false)).isTrue();
		assertThat(failure(Kind.RECORD, SqlState.UNIQUE_VIOLATION).isSessionChanged(false)).isFalse();
		assertThat(failure(Kind.MIGRATION, SqlState.INVALID_SQL_STATEMENT_NAME).isSessionChanged(false)).isFalse();
	}

	@Test
	void theHistoryFailsOnlyByItself() {
		assertThat(failure(Kind.RECORD, SqlState.DISK_FULL).isOfHistory()).isTrue();
		assertThat(failure(Kind.RECORD, SqlState.LOCK_NOT_AVAILABLE).isOfHistory()).isFalse();
		assertThat(failure(Kind.COMPLETION, SqlState.UNIQUE_VIOLATION).isOfHistory()).isFalse();
		assertThat(new PipelineFailedException(error(SqlState.DISK_FULL), null).isOfHistory()).isFalse();
	}

	private static PipelineFailedException failure(Kind kind, String sqlState) {
		return new PipelineFailedException(error(sqlState), PipelineEntry.of("sql", kind, TestSteps.step("1")));
	}

	private static PSQLException error(String sqlState) {
		return new PSQLException(new ServerErrorMessage("SERROR\0C" + sqlState + "\0Mit failed\0"));
	}

}
