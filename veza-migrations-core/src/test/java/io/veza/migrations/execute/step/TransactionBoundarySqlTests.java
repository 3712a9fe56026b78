package io.veza.migrations.execute.step;

import java.time.Duration;
import java.util.List;

import io.veza.migrations.execute.RunFence;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.execute.TestSteps;
import io.veza.migrations.sql.MigrationSection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionBoundarySqlTests {

	private static final MigrationSection SECTION = TestSteps.section(null, null);

	private static final String MARK = TestTransactions.WRITER.markStart();

	private static final String MARK_OF_TRANSACTION = TestTransactions.WRITER.markStartOfTransaction();

	@Test
	void aLastingSessionIsBroughtInOrderBeforeItsTransaction() {
		TransactionBoundarySql sql = TestTransactions.sql(true);

		assertThat(sql.beforeTransaction()).containsExactly("before transaction", MARK);
		assertThat(sql.begin()).containsExactly("BEGIN", "after begin", "open fence");
		assertThat(sql.betweenSteps()).containsExactly("between steps", MARK);
	}

	@Test
	void aSharedSessionIsBroughtInOrderInItsTransaction() {
		TransactionBoundarySql sql = TestTransactions.sql(false);

		assertThat(sql.beforeTransaction()).containsExactly("before transaction");
		assertThat(sql.begin()).containsExactly("BEGIN", "after begin", "open fence", MARK_OF_TRANSACTION);
		assertThat(sql.betweenSteps()).containsExactly("between steps", MARK_OF_TRANSACTION);
	}

	@Test
	void aRecordQueuesForALimitedTimeAndRenewsTheFence() {
		TransactionBoundarySql sql = TestTransactions.sql(true);

		assertThat(sql.beforeRecord(Duration.ofMillis(70))).containsExactly("before record",
				"SET LOCAL lock_timeout = 70", "close fence");
		assertThat(sql.beginRecord(Duration.ofMillis(70))).containsExactly("BEGIN READ WRITE", "after begin",
				"before record", "SET LOCAL lock_timeout = 70", "close fence");
	}

	@Test
	void statementsOutsideOfATransactionAreLimitedByTheSessionIfItLasts() {
		assertThat(TestTransactions.sql(true).beforeStatements(SECTION, Duration.ZERO))
			.containsExactly("before transaction", "SET lock_timeout = 500");
		assertThat(TestTransactions.sql(true).beginStatement(SECTION, Duration.ZERO)).containsExactly("BEGIN",
				"after begin", "open fence");
	}

	@Test
	void statementsInASharedSessionAreLimitedByTheirTransaction() {
		assertThat(TestTransactions.sql(false).beforeStatements(SECTION, Duration.ZERO)).isEmpty();
		assertThat(TestTransactions.sql(false).beginStatement(SECTION, Duration.ZERO)).containsExactly("BEGIN",
				"after begin", "open fence", "SET LOCAL lock_timeout = 500");
	}

	@Test
	void requireLockAsksOnlyForALockThatAnotherRunMayTake() {
		TransactionBoundarySql withoutFence = new TransactionBoundarySql(TestTransactions.WRITER,
				new NamedSettings(true), new RunFence(List.of(), List.of()),
				new SectionStatementTimeouts(StatementTimeouts.defaults()));

		assertThat(withoutFence.requireLock()).isEmpty();
		assertThat(TestTransactions.sql(false).requireLock()).containsExactly("BEGIN READ WRITE", "after begin",
				"close fence", "COMMIT");
	}

}
