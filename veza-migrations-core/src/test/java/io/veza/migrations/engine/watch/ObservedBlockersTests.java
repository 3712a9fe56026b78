package io.veza.migrations.engine.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.ServerSession;
import io.veza.migrations.ServerSession.Kind;
import io.veza.migrations.catalog.SessionActivity;
import io.veza.migrations.engine.Steps;
import io.veza.migrations.request.RequestOrigin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class ObservedBlockersTests {

	private static final String UNKNOWN = "a session that could not be found";

	private final RunMonitor monitor = new RunMonitor(Clock.systemUTC(), new CancellationToken());

	private final ObservedBlockers blockers = new ObservedBlockers(mock(Connection.class, (call) -> {
		throw new SQLException("Nobody is asked");
	}), false, this.monitor);

	@Test
	void blameNamesWhoWasSeenInTheWayOfWhatWasSentLast() {
		assertThat(blame(() -> {
			send();
			see("ALTER TABLE users", 7);
		})).isEqualTo("process 7");
	}

	@Test
	void blameKeepsWhoWasSeenWhenALaterLookIsTooLate() {
		assertThat(blame(() -> {
			send();
			see("ALTER TABLE users", 7);
			see(null);
		})).isEqualTo("process 7");
	}

	@Test
	void blameForgetsWhoWasInTheWayOfWhatWasSentBefore() {
		assertThat(blame(() -> {
			send();
			see("ALTER TABLE users", 7);
			send();
		})).isEqualTo(UNKNOWN);
	}

	@Test
	void blameNamesWhoWasSeenInTheWayOfTheStatementThatFailed() {
		assertThat(blame("ALTER TABLE users", () -> {
			send();
			see("ALTER TABLE users", 7);
			send();
		})).isEqualTo("process 7");
	}

	@Test
	void blameForgetsWhoWasInTheWayOfAnotherStatement() {
		assertThat(blame("ALTER TABLE rooms", () -> {
			send();
			see("ALTER TABLE users", 7);
		})).isEqualTo(UNKNOWN);
	}

	@Test
	void blameForgetsWhoWasInTheWayOfAnEarlierAttempt() {
		assertThat(blame("ALTER TABLE users", () -> {
			send();
			see("ALTER TABLE users", 7);
			this.monitor.onStep(Steps.step("ALTER TABLE users"));
			send();
		})).isEqualTo(UNKNOWN);
	}

	private void send() {
		this.monitor.onSent(List.of());
	}

	private void see(@Nullable String query, int... pids) {
		List<ServerSession> sessions = IntStream.of(pids)
			.mapToObj((pid) -> new ServerSession(pid, Kind.CLIENT, null, null, null, null, null, false, null, null))
			.toList();
		StatementInFlight sent = this.monitor.sent();
		assertThat(sent).isNotNull();
		this.blockers.seen(sent, new SessionActivity(query, null, sessions, null));
	}

	/** What is blamed during a run in which something has happened. */
	private String blame(Runnable happened) {
		return blame(null, happened);
	}

	private String blame(@Nullable String failed, Runnable happened) {
		AtomicReference<String> who = new AtomicReference<>();
		this.monitor.run(MigrationOperation.MIGRATE, RequestOrigin.APPLICATION, (operationId) -> {
			happened.run();
			who.set(this.blockers.blame(failed).who());
			return new MigrationReport(new UUID(0, 0), MigrationOperation.MIGRATE, List.of(), null, List.of(),
					List.of());
		});
		return who.get();
	}

}
