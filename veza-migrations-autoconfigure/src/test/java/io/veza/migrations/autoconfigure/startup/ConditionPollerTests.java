package io.veza.migrations.autoconfigure.startup;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionPollerTests {

	@Test
	void untilAsksAgainUntilTheAnswerIsYes() {
		AtomicInteger questions = new AtomicInteger();

		boolean answer = new ConditionPoller(() -> Duration.ZERO).until(() -> questions.incrementAndGet() == 3);

		assertThat(answer).isTrue();
		assertThat(questions).hasValue(3);
	}

	@Test
	void untilPausesBeforeEachQuestion() {
		AtomicInteger pauses = new AtomicInteger();

		new ConditionPoller(() -> Duration.ofMillis(pauses.incrementAndGet())).until(() -> pauses.get() == 2);

		assertThat(pauses).hasValue(2);
	}

	@Test
	void untilWhenApplicationClosesEndsAtOnce() throws Exception {
		CountDownLatch pausing = new CountDownLatch(1);
		ConditionPoller watch = new ConditionPoller(() -> {
			pausing.countDown();
			return Duration.ofHours(1);
		});
		CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> watch.until(() -> true));

		pausing.await();
		watch.close();

		assertThat(answer.get(1, TimeUnit.MINUTES)).isFalse();
	}

	@Test
	void untilWhenInterruptedEndsAndKeepsTheInterrupt() {
		Thread.currentThread().interrupt();

		boolean answer = new ConditionPoller(() -> Duration.ofHours(1)).until(() -> true);

		assertThat(answer).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

}
