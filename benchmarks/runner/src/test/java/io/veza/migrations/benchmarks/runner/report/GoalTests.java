package io.veza.migrations.benchmarks.runner.report;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Goal} and {@link Figure}.
 */
class GoalTests {

	@Test
	void atTheLimitItIsMet() {
		assertThat(atMost(2, figure(2, 1)).verdict()).isEqualTo("met");
	}

	@Test
	void overTheLimitItIsNotMet() {
		assertThat(atMost(2, figure(3, 2.1)).verdict()).isEqualTo("**not met**");
	}

	@Test
	void whatOnlyLaterCallsReachIsSaid() {
		assertThat(atMost(2, figure(3, 1)).verdict()).isEqualTo("met by later calls only");
	}

	@Test
	void whatOnlyFirstCallsReachIsSaid() {
		assertThat(Goal.atLeast("ratio", 30, figure(31, 29), Figures::ratio).verdict())
			.isEqualTo("met by first calls only");
	}

	@Test
	void whatIsMeasuredOnceIsJudgedByThat() {
		assertThat(atMost(2, Figure.of(Optional.of(3.0))).verdict()).isEqualTo("**not met**");
	}

	@Test
	void whatIsMissingIsNotMet() {
		assertThat(atMost(2, figure(1, 1).dividedBy(Figure.MISSING)).verdict()).isEqualTo("not measured");
	}

	@Test
	void rowTellsLimitAndFigures() {
		assertThat(atMost(2, figure(3, 1.256)).row()).containsExactly("ratio", "≤ 2.00", "3.00", "1.26",
				"met by later calls only");
	}

	@Test
	void ratiosAndDifferencesAreThoseOfTheSameKindOfCall() {
		assertThat(figure(9, 8).minus(figure(1, 2)).dividedBy(figure(4, 3))).isEqualTo(figure(2, 2));
	}

	private static Goal atMost(double limit, Figure figure) {
		return Goal.atMost("ratio", limit, figure, Figures::ratio);
	}

	private static Figure figure(double first, double later) {
		return new Figure(Optional.of(first), Optional.of(later));
	}

}
