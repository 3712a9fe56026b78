package io.veza.migrations.rehearsal.scratch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerAccessIntegrationTests {

	private static final TestDatabase DATABASE = TestDatabase.create();

	private static final String WHERE = "SELECT current_database() || ' ' || current_setting('application_name')";

	@AfterAll
	static void drop() {
		DATABASE.drop();
	}

	@Test
	void accessOfAPoolConnectsToItsDatabaseAndToAnother() throws SQLException {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(DATABASE.dataSource());
			ServerAccess access = ServerAccess.of(pool);

			assertThat(ask(access.connect())).isEqualTo(DATABASE.name() + " veza-migrations rehearsal");
			assertThat(ask(access.connect("postgres"))).isEqualTo("postgres veza-migrations rehearsal");
		}
	}

	@Test
	void dataSourceThatDoesNotTellIsRefusedWithAdvice() {
		DataSource silent = new AbstractDataSource() {

			@Override
			public Connection getConnection() throws SQLException {
				return DATABASE.connect();
			}

			@Override
			public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
				return DATABASE.connect();
			}

		};

		assertThatExceptionOfType(RehearsalException.class).isThrownBy(() -> ServerAccess.of(silent))
			.withMessageContaining("does not tell its user and password")
			.withMessageEndingWith("Set veza.migrations.rehearsal.url, username and password.")
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(2));
	}

	@Test
	void dataSourceThatCannotConnectIsUnreachable() {
		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> ServerAccess.of(DATABASE.dataSource("nobody_here", "x")))
			.withMessageContaining("nobody_here");
	}

	private static String ask(Connection connection) throws SQLException {
		try (connection;
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(WHERE)) {
			row.next();
			return row.getString(1);
		}
	}

}
