package io.veza.migrations.benchmarks.runner.proxy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

import io.veza.migrations.benchmarks.runner.server.EmbeddedServer;
import io.veza.migrations.benchmarks.runner.server.Server;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CountingProxy} with PostgreSQL and its driver.
 */
class CountingProxyIntegrationTests {

	private static Server server;

	@BeforeAll
	static void startServer() throws Exception {
		server = EmbeddedServer.startHasty();
	}

	@Test
	void connectingTakesThreeRoundTrips() throws Exception {
		try (CountingProxy proxy = proxy()) {
			connect(proxy).close();

			assertThat(proxy.traffic().connections()).isOne();
			assertThat(proxy.traffic().roundTrips()).isEqualTo(3);
		}
	}

	@Test
	void statementsSentTogetherAreOneRoundTrip() throws Exception {
		try (CountingProxy proxy = proxy();
				Connection connection = connect(proxy);
				Statement statement = connection.createStatement()) {
			Traffic before = proxy.traffic();

			statement.execute("SELECT 1; SELECT 2; SELECT 3");

			assertThat(proxy.traffic().roundTrips() - before.roundTrips()).isOne();
			assertThat(proxy.traffic().statements() - before.statements()).isEqualTo(3);
		}
	}

	@Test
	void statementsSentAloneAreARoundTripEach() throws Exception {
		try (CountingProxy proxy = proxy();
				Connection connection = connect(proxy);
				Statement statement = connection.createStatement()) {
			Traffic before = proxy.traffic();

			statement.execute("SELECT 1");
			statement.execute("SELECT 2");

			assertThat(proxy.traffic().roundTrips() - before.roundTrips()).isEqualTo(2);
		}
	}

	@Test
	void longAnswersAreOneRoundTrip() throws Exception {
		try (CountingProxy proxy = proxy();
				Connection connection = connect(proxy);
				Statement statement = connection.createStatement()) {
			Traffic before = proxy.traffic();

			statement.execute("SELECT repeat('x', 1000) FROM generate_series(1, 1000)");

			assertThat(proxy.traffic().roundTrips() - before.roundTrips()).isOne();
			assertThat(proxy.traffic().bytesReceived() - before.bytesReceived()).isGreaterThan(1_000_000);
		}
	}

	@Test
	void serverThatDoesNotWaitForTheDiskIsRefused() {
		assertThatIllegalStateException().isThrownBy(server::requireDurable)
			.withMessage("The server has \"fsync\" set to \"off\", so that a commit costs nothing. "
					+ "Set it to \"on\" to measure.");
	}

	private static CountingProxy proxy() throws Exception {
		return CountingProxy.start(server.host(), server.port(), Duration.ZERO);
	}

	private static Connection connect(CountingProxy proxy) throws Exception {
		return server.databaseVia(proxy.port(), "postgres").connect();
	}

}
