package io.veza.migrations.execute;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.veza.migrations.Cancellation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

	@Test
	void failedDoublesTheLongestPauseUpToALimit() {
		Backoff backoff = backoff(Duration.ofMinutes(5), new Longest());
		List<Long> pauses = new ArrayList<>();

		for (int i = 0; i < 7; i++) {
			pauses.add(backoff.failed().orElseThrow().toMillis());
		}

		assertThat(pauses).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 10000L, 10000L);
		assertThat(backoff.attempts()).isEqualTo(7);
	}

	@Test
	void failedSpreadsPausesOverTheWholeRange() {
		Backoff backoff = backoff(Duration.ofMinutes(5), () -> 0);

		assertThat(backoff.failed()).contains(Duration.ZERO);
	}

	@Test
	void failedNeverPausesLongerThanIsLeft() {
		Backoff backoff = backoff(Duration.ofMillis(120), new Longest());

		assertThat(backoff.failed()).contains(Duration.ofMillis(120));
	}

	@Test
	void failedWhenTheTimeIsOverIsEmpty() {
		assertThat(backoff(Duration.ZERO, new Longest()).failed()).isEmpty();
	}

	private static Backoff backoff(Duration retryFor, RandomGenerator random) {
		Blockers nobody = new Blockers() {

			@Override
			public Blame blame(@Nullable String sql) {
				return new Blame("nobody", null);
			}

		};
		return new Backoff(new RunLimits(new Timeouts(Duration.ofMillis(500), retryFor, null), nobody,
				new Cancellation(), new Interruption(), CLOCK, random, false));
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
