package io.veza.migrations.testsupport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.veza.migrations.testsupport.PgBouncer.PoolMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledIfPgBouncer
class PgBouncerIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	@ParameterizedTest
	@EnumSource
	void processThatTheDriverKnowsIsNotTheServers(PoolMode mode) throws SQLException {
		try (PgBouncer pooler = PgBouncer.start(this.database, mode, 1); Connection connection = pooler.connect()) {
			int known = connection.unwrap(PGConnection.class).getBackendPID();

			assertThat(ask(connection, "SELECT pg_backend_pid()")).isNotEqualTo(String.valueOf(known));
			assertThat(ask(connection, "SELECT current_database()")).isEqualTo(this.database.name());
		}
	}

	@Test
	void settingLeaksToAnotherClientInTransactionMode() throws SQLException {
		try (PgBouncer pooler = PgBouncer.start(this.database, PoolMode.TRANSACTION, 1);
				Connection one = pooler.connect();
				Connection other = pooler.connect()) {
			set(one, "7MB");

			assertThat(ask(other, "SHOW work_mem")).isEqualTo("7MB");
		}
	}

	@Test
	void settingDoesNotLeakToTheNextClientInSessionMode() throws SQLException {
		try (PgBouncer pooler = PgBouncer.start(this.database, PoolMode.SESSION, 1)) {
			try (Connection one = pooler.connect()) {
				set(one, "7MB");
			}
			try (Connection other = pooler.connect()) {
				assertThat(ask(other, "SHOW work_mem")).isEqualTo("4MB");
			}
		}
	}

	@Test
	void transactionsShareAsManyConnectionsAsThePoolHas() throws SQLException {
		try (PgBouncer pooler = PgBouncer.start(this.database, PoolMode.TRANSACTION, 2);
				Connection one = pooler.connect();
				Connection other = pooler.connect()) {
			one.setAutoCommit(false);

			assertThat(ask(one, "SELECT pg_backend_pid()")).isNotEqualTo(ask(other, "SELECT pg_backend_pid()"));
		}
	}

	private static void set(Connection connection, String workMem) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET work_mem = '" + workMem + "'");
		}
	}

	private static String ask(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getString(1);
		}
	}

}
