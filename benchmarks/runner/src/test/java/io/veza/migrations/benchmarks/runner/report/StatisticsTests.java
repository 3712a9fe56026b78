package io.veza.migrations.benchmarks.runner.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Statistics}.
 */
class StatisticsTests {

	@Test
	void medianOfAnOddNumberIsTheOneInTheMiddle() {
		assertThat(Statistics.of(List.of(9L, 1L, 5L))).isEqualTo(new Statistics(5, 1, 9));
	}

	@Test
	void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
		assertThat(Statistics.of(List.of(8L, 1L, 2L, 3L))).isEqualTo(new Statistics(2.5, 1, 8));
	}

	@Test
	void ratioComparesMedians() {
		assertThat(Statistics.of(List.of(1L, 3L, 80L)).ratioTo(Statistics.of(List.of(2L)))).isEqualTo(1.5);
	}

	@Test
	void nothingHasNoMedian() {
		assertThatIllegalArgumentException().isThrownBy(() -> Statistics.of(List.of()))
			.withMessage("There are no readings. Measure at least once.");
	}

}
