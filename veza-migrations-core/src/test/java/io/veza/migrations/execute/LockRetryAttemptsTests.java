package io.veza.migrations.execute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.execute.BlockerLookup.Blame;
import io.veza.migrations.execute.LockRetryAttempts.Decision;
import io.veza.migrations.execute.LockRetryAttempts.Next;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockRetryAttemptsTests {

	private static final Blame READER = new Blame("a reader", null);

	private final CancellationToken cancellation = new CancellationToken();

	private final List<String> told = new ArrayList<>();

	@Test
	void failedTellsWhoIsInTheWayAndTriesAgain() {
		LockRetryAttempts attempts = attempts(Duration.ofMinutes(1), READER);

		assertThat(attempts.failed(null)).isEqualTo(new Next(Decision.TRY_AGAIN, 1, "a reader", Duration.ZERO));
		assertThat(attempts.failed(null).attempts()).isEqualTo(2);
		assertThat(this.told).containsExactly("1 a reader", "2 a reader");
	}

	@Test
	void failedWhenTheTimeIsOverTellsNobody() {
		assertThat(attempts(Duration.ZERO, READER).failed(null))
			.isEqualTo(new Next(Decision.TIME_IS_OVER, 1, "a reader", Duration.ZERO));
		assertThat(this.told).isEmpty();
	}

	@Test
	void failedWhenTheApplicationClosesEndsThePause() {
		this.cancellation.request();

		assertThat(attempts(Duration.ofMinutes(1), READER).failed(null).decision())
			.isEqualTo(Decision.APPLICATION_CLOSES);
	}

	@Test
	void failedBehindWhatPostgresCancelsWaitsUntilThatIsDone() {
		Blame autovacuum = new Blame("autovacuum", Duration.ofSeconds(1));

		assertThat(attempts(Duration.ofMinutes(1), autovacuum).failed(null).minLockTimeout())
			.isEqualTo(Duration.ofMillis(1250));
	}

	private LockRetryAttempts attempts(Duration retryFor, Blame blame) {
		return new LockRetryAttempts(TestSteps.limits(retryFor, blame, this.cancellation),
				(attempt, pause, blockers) -> this.told.add(attempt + " " + blockers));
	}

}
