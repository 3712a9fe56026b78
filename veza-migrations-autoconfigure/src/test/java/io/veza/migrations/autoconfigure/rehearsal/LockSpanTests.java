package io.veza.migrations.autoconfigure.rehearsal;

import java.time.Duration;

import io.veza.migrations.rehearsal.LockMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockSpanTests {

	@Test
	void lockIsHeldUntilAStrongerOneOrTheEndOfTheTransaction() {
		assertThat(LockSpan.of(RehearsalReports.full().migrations().get(1).up()))
			.hasEntrySatisfying("public.users",
					(spans) -> assertThat(spans).containsExactly(
							new LockSpan(LockMode.ROW_EXCLUSIVE, 0, 1, 3, Duration.ofNanos(1_500_000)),
							new LockSpan(LockMode.ACCESS_EXCLUSIVE, 1, 3, 4, Duration.ofNanos(7_500_000))))
			.hasEntrySatisfying("public.orders", (spans) -> assertThat(spans).singleElement()
				.isEqualTo(new LockSpan(LockMode.ACCESS_EXCLUSIVE, 2, 3, 6, Duration.ofNanos(4_500_000))));
	}

	@Test
	void lockWithoutATransactionEndsWithItsStatement() {
		assertThat(LockSpan.of(RehearsalReports.full().migrations().get(2).up()).get("public.users"))
			.containsExactly(new LockSpan(LockMode.SHARE_UPDATE_EXCLUSIVE, 0, 1, 3, Duration.ofMillis(40)));
	}

	@Test
	void newTableHasNoLocksThatMatter() {
		assertThat(LockSpan.of(RehearsalReports.clean().migrations().get(0).up())).isEmpty();
	}

}
