package io.veza.migrations.execute;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.veza.migrations.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockRetryBackoffTests {

	private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

	@Test
	void failedDoublesTheLongestPauseUpToALimit() {
		LockRetryBackoff backoff = backoff(Duration.ofMinutes(5), new Longest());
		List<Long> pauses = new ArrayList<>();

		for (int i = 0; i < 7; i++) {
			pauses.add(backoff.failed().orElseThrow().toMillis());
		}

		assertThat(pauses).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 10000L, 10000L);
		assertThat(backoff.attempts()).isEqualTo(7);
	}

	@Test
	void failedSpreadsPausesOverTheWholeRange() {
		LockRetryBackoff backoff = backoff(Duration.ofMinutes(5), () -> 0);

		assertThat(backoff.failed()).contains(Duration.ZERO);
	}

	@Test
	void failedNeverPausesLongerThanIsLeft() {
		LockRetryBackoff backoff = backoff(Duration.ofMillis(120), new Longest());

		assertThat(backoff.failed()).contains(Duration.ofMillis(120));
	}

	@Test
	void failedWhenTheTimeIsOverIsEmpty() {
		assertThat(backoff(Duration.ZERO, new Longest()).failed()).isEmpty();
	}

	private static LockRetryBackoff backoff(Duration retryFor, RandomGenerator random) {
		BlockerLookup nobody = new BlockerLookup() {

			@Override
			public Blame blame(@Nullable String sql) {
				return new Blame("nobody", null);
			}

		};
		return new LockRetryBackoff(new RunLimits(new StatementTimeouts(Duration.ofMillis(500), retryFor, null), nobody,
				new CancellationToken(), new StatementInterruption(), CLOCK, random, false));
	}

	/**
	 * Draws the largest number that is allowed.
	 */
	private static final class Longest implements RandomGenerator {

		@Override
		public long nextLong() {
			return 0;
		}

		@Override
		public long nextLong(long bound) {
			return bound - 1;
		}

	}

}
