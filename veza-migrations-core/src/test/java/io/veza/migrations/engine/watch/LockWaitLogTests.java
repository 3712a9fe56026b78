package io.veza.migrations.engine.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.ServerSession;
import io.veza.migrations.ServerSession.Kind;
import io.veza.migrations.catalog.SessionActivity;
import io.veza.migrations.status.RunningOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LockWaitLogTests {

	private static final RunningOperation OPERATION = RunningOperation
		.begun(new UUID(0, 0), MigrationOperation.MIGRATE, null, Instant.EPOCH)
		.at(MigrationVersion.of("001"), 2, 3, Instant.EPOCH);

	private final StepClock clock = new StepClock();

	private final LockWaitLog log = new LockWaitLog(this.clock);

	@Test
	void longWaitIsToldOnce(CapturedOutput output) {
		for (int i = 0; i < 100; i++) {
			look(1, 7, 8);
		}

		assertThat(output.toString().lines().map((line) -> line.replaceFirst(".*? : ", "")))
			.containsExactly("Version 001 waits at statement 2 of 3 for a lock. In the way: process 7; process 8");
	}

	@Test
	void longWaitIsToldAgainWhenSomebodyElseIsInTheWay(CapturedOutput output) {
		IntStream.range(0, 20).forEach((i) -> look(1, 7));
		IntStream.range(0, 20).forEach((i) -> look(1, 8));
		IntStream.range(0, 20).forEach((i) -> look(1, 7));

		assertThat(output).containsOnlyOnce("In the way: process 7").containsOnlyOnce("In the way: process 8");
	}

	@Test
	void shortWaitsOfSeveralAttemptsAreNotTold(CapturedOutput output) {
		for (int attempt = 1; attempt < 10; attempt++) {
			int flight = attempt;
			IntStream.range(0, 5).forEach((i) -> look(flight, 7));
		}

		assertThat(output).isEmpty();
	}

	private void look(int flight, int... pids) {
		List<ServerSession> blockers = IntStream.of(pids)
			.mapToObj((pid) -> new ServerSession(pid, Kind.CLIENT, null, null, null, null, null, false, null, null))
			.toList();
		this.log.seen(new StatementInFlight(1, flight, Instant.EPOCH, List.of()),
				new SessionActivity("x", "a lock", blockers, null), OPERATION);
		this.clock.now = this.clock.now.plus(Duration.ofMillis(100));
	}

	private static final class StepClock extends Clock {

		private Instant now = Instant.EPOCH;

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
