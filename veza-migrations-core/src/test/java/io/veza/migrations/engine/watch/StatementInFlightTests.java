package io.veza.migrations.engine.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.catalog.SessionActivity;
import io.veza.migrations.engine.Steps;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.status.RunningOperation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatementInFlightTests {

	private static final Instant LATER = Instant.EPOCH.plus(Duration.ofSeconds(9));

	private static final RunningOperation OPERATION = RunningOperation.begun(new UUID(0, 0), MigrationOperation.MIGRATE,
			null, Instant.EPOCH);

	private final Clock clock = Clock.fixed(LATER, ZoneOffset.UTC);

	@Test
	void beginsAtItsFirstStatement() {
		RunningOperation begun = sent("a", "b").begun(OPERATION.waitingFor("somebody"));

		assertThat(begun).isEqualTo(OPERATION.at(MigrationVersion.of("001"), 1, 2, Instant.EPOCH));
	}

	@Test
	void statementIsTheOneThatTheServerShows() {
		RunningOperation seen = seen(sent("a", "b", "c"), OPERATION, "b");

		assertThat(seen.statement()).isEqualTo(2);
		assertThat(seen.statementSince()).isEqualTo(LATER);
	}

	@Test
	void statementStaysWhereItIsWhileTheServerShowsOneOfOurs() {
		StatementInFlight sent = sent("a", "b", "c");
		RunningOperation second = seen(sent, OPERATION, "b");

		assertThat(seen(sent, second, "SET LOCAL lock_timeout = 0")).isEqualTo(second);
		assertThat(seen(sent, second, null)).isEqualTo(second);
	}

	@Test
	void statementNeverGoesBackToAnEarlierOneWithTheSameText() {
		StatementInFlight sent = sent("a", "b", "a");

		assertThat(seen(sent, seen(sent, OPERATION, "b"), "a").statement()).isEqualTo(3);
	}

	private RunningOperation seen(StatementInFlight sent, RunningOperation operation, @Nullable String query) {
		RunningOperation before = (operation.statement() == 0) ? sent.begun(operation) : operation;
		return sent.seen(before, new SessionActivity(query, null, List.of(), null), this.clock);
	}

	private static StatementInFlight sent(String... statements) {
		PlanStep step = Steps.step(statements);
		return new StatementInFlight(1, 1, Instant.EPOCH,
				IntStream.range(0, statements.length)
					.mapToObj((i) -> new SentMigrationStatement(step, i + 1, statements[i]))
					.toList());
	}

}
