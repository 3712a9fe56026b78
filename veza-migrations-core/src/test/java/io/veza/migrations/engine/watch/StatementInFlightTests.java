package io.veza.migrations.engine;

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
import io.veza.migrations.RunningOperation;
import io.veza.migrations.catalog.SessionPicture;
import io.veza.migrations.execute.SentStatement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentTests {

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
		Sent sent = sent("a", "b", "c");
		RunningOperation second = seen(sent, OPERATION, "b");

		assertThat(seen(sent, second, "SET LOCAL lock_timeout = 0")).isEqualTo(second);
		assertThat(seen(sent, second, null)).isEqualTo(second);
	}

	@Test
	void statementNeverGoesBackToAnEarlierOneWithTheSameText() {
		Sent sent = sent("a", "b", "a");

		assertThat(seen(sent, seen(sent, OPERATION, "b"), "a").statement()).isEqualTo(3);
	}

	private RunningOperation seen(Sent sent, RunningOperation operation, @Nullable String query) {
		RunningOperation before = (operation.statement() == 0) ? sent.begun(operation) : operation;
		return sent.seen(before, new SessionPicture(query, null, List.of(), null), this.clock);
	}

	private static Sent sent(String... statements) {
		PlanStep step = Steps.step(statements);
		return new Sent(1, 1, Instant.EPOCH,
				IntStream.range(0, statements.length)
					.mapToObj((i) -> new SentStatement(step, i + 1, statements[i]))
					.toList());
	}

}
