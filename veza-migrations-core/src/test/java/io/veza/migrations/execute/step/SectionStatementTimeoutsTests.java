package io.veza.migrations.execute.step;

import java.time.Duration;

import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.execute.TestSteps;
import io.veza.migrations.sql.MigrationSection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SectionStatementTimeoutsTests {

	private static final MigrationSection PLAIN = TestSteps.section(null, null);

	@Test
	void statementsSetTheTimeoutsOfTheRun() {
		assertThat(timeouts(Duration.ofMinutes(1)).statements("SET LOCAL", PLAIN, Duration.ZERO))
			.containsExactly("SET LOCAL lock_timeout = 500", "SET LOCAL statement_timeout = 60000");
	}

	@Test
	void statementsLeaveTheStatementTimeoutOfTheSessionUnlessOneIsSet() {
		assertThat(timeouts(null).statements("SET", PLAIN, Duration.ZERO)).containsExactly("SET lock_timeout = 500");
	}

	@Test
	void statementsPreferTheDirectivesOfTheFile() {
		MigrationSection section = TestSteps.section(Duration.ofSeconds(2), Duration.ofSeconds(9));

		assertThat(timeouts(Duration.ofMinutes(1)).statements("SET", section, Duration.ZERO))
			.containsExactly("SET lock_timeout = 2000", "SET statement_timeout = 9000");
	}

	@Test
	void lockTimeoutIsNotShorterThanTheMinimum() {
		assertThat(timeouts(null).lockTimeout(PLAIN, Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
		assertThat(timeouts(null).lockTimeout(PLAIN, Duration.ofMillis(3))).isEqualTo(Duration.ofMillis(500));
	}

	@Test
	void lockTimeoutOfZeroIsForEverWhateverTheMinimum() {
		assertThat(timeouts(null).lockTimeout(TestSteps.section(Duration.ZERO, null), Duration.ofSeconds(3))).isZero();
	}

	private static SectionStatementTimeouts timeouts(@Nullable Duration statementTimeout) {
		return new SectionStatementTimeouts(
				new StatementTimeouts(Duration.ofMillis(500), Duration.ofMinutes(5), statementTimeout));
	}

}
