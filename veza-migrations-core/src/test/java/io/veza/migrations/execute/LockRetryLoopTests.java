package io.veza.migrations.execute;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.LockRetry;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.BlockerLookup.Blame;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

class LockRetryLoopTests {

	private static final PlanStep STEP = TestSteps.step("1");

	private final StepListener listener = mock(StepListener.class);

	private final CancellationToken cancellation = new CancellationToken();

	@Test
	void runRepeatsWhatDidNotGetALockAndTellsWhoIsInTheWay() throws StepFailedException {
		List<Duration> attempts = new ArrayList<>();

		loop(Duration.ofMinutes(1)).run(STEP, (minLockTimeout) -> {
			attempts.add(minLockTimeout);
			if (attempts.size() < 3) {
				throw failure(SqlState.LOCK_NOT_AVAILABLE);
			}
		});

		assertThat(attempts).hasSize(3);
		then(this.listener).should(times(2)).onLockRetry(any(PlanStep.class), any(LockRetry.class));
	}

	@Test
	void runWhenTheTimeIsOverSaysHowOftenItTried() {
		assertThatExceptionOfType(StepFailedException.class)
			.isThrownBy(() -> loop(Duration.ZERO).run(STEP, (minLockTimeout) -> {
				throw failure(SqlState.DEADLOCK_DETECTED);
			}))
			.satisfies((ex) -> assertThat(ex.failure().detail()).isEqualTo("Tried 1 time(s), in the way: a reader"));
	}

	@Test
	void runDoesNotRepeatOtherFailures() {
		assertThatExceptionOfType(StepFailedException.class)
			.isThrownBy(() -> loop(Duration.ofMinutes(1)).run(STEP, (minLockTimeout) -> {
				throw failure(SqlState.UNDEFINED_TABLE);
			}))
			.satisfies((ex) -> assertThat(ex.failure().detail()).isNull());
		then(this.listener).shouldHaveNoInteractions();
	}

	@Test
	void describeWhenTheApplicationClosesTellsThatItEndedTheStatement() {
		this.cancellation.request();

		assertThat(loop(Duration.ZERO).describe(failure(SqlState.QUERY_CANCELED)).failure().message())
			.startsWith("The application was closing");
		assertThat(loop(Duration.ZERO).describe(failure(SqlState.UNDEFINED_TABLE)).failure().message())
			.isEqualTo("failed");
	}

	private LockRetryLoop loop(Duration retryFor) {
		return new LockRetryLoop(TestSteps.limits(retryFor, new Blame("a reader", null), this.cancellation),
				this.listener);
	}

	private static StepFailedException failure(String sqlState) {
		SqlFailure failure = new SqlFailure("1_step.sql", 1, 1, null, sqlState, "failed", null, null, null, null);
		return new StepFailedException(STEP, failure, "Nothing is done.", new SQLException("failed", sqlState));
	}

}
