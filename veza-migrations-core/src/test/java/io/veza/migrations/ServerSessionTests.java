package io.veza.migrations;

import java.time.Duration;

import io.veza.migrations.ServerSession.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerSessionTests {

	@Test
	void clientIsDescribedWithAllThatIsKnown() {
		ServerSession session = new ServerSession(4711, Kind.CLIENT, "app", "psql", "10.0.0.7", "idle in transaction",
				Duration.ofSeconds(20), false, null, "SELECT 1\n\tFROM users");

		assertThat(session.describe())
			.isEqualTo("process 4711 of user \"app\", application \"psql\", client \"10.0.0.7\", idle in transaction,"
					+ " transaction open for 20 s, query \"SELECT 1 FROM users\"");
	}

	@Test
	void clientOfWhichNothingIsKnownIsDescribedByItsProcess() {
		assertThat(of(Kind.CLIENT, null, false).describe()).isEqualTo("process 7");
	}

	@Test
	void clientWhoseStateIsHiddenIsDescribedWithTheWayToSeeIt() {
		assertThat(of(Kind.CLIENT, null, true).describe())
			.isEqualTo("process 7 (its state is hidden from the user that migrates: GRANT pg_monitor to it)");
	}

	@Test
	void workersOfTheServerAreDescribedAsSuchEvenWhenHidden() {
		assertThat(of(Kind.AUTOVACUUM, null, true).describe()).isEqualTo("process 7, an autovacuum worker");
		assertThat(of(Kind.WRAPAROUND_AUTOVACUUM, null, true).describe()).isEqualTo(
				"process 7, an autovacuum to prevent transaction ID wraparound, which PostgreSQL does not" + " cancel");
		assertThat(of(Kind.OTHER, null, false).describe()).isEqualTo("background process 7");
	}

	@Test
	void preparedTransactionIsDescribedByItsIdentifier() {
		ServerSession transaction = new ServerSession(0, Kind.PREPARED_TRANSACTION, "app", null, null, null,
				Duration.ofHours(3), false, "xa-1", null);

		assertThat(transaction.describe()).isEqualTo("prepared transaction \"xa-1\" of user \"app\", prepared 3 h ago");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0 ms", "999, 999 ms", "1000, 1 s", "119999, 119 s", "120000, 2 min", "7199999, 119 min",
			"7200000, 2 h" })
	void ageIsReadable(long millis, String text) {
		assertThat(of(Kind.CLIENT, Duration.ofMillis(millis), false).describe())
			.isEqualTo("process 7, transaction open for " + text);
	}

	private static ServerSession of(Kind kind, @Nullable Duration age, boolean hidden) {
		return new ServerSession(7, kind, null, null, null, null, age, hidden, null, null);
	}

}
