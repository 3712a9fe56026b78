package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeepalivesIntegrationTests {

	private static final String SETTINGS = "SELECT name || '=' || setting FROM pg_settings WHERE name LIKE 'tcp\\_%' "
			+ "OR name = 'client_connection_check_interval' ORDER BY name";

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path path;

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows cannot check connections")
	void serverNoticesSoonThatARunIsGoneAndTheConnectionGoesBackAsItWas() throws SQLException {
		MigrationFolder folder = MigrationFolder.in(this.path)
			.with("1_first.sql", "CREATE TABLE first AS " + SETTINGS, "DROP TABLE first;")
			.with("2_second.sql", "CREATE TABLE second AS " + SETTINGS, "DROP TABLE second;");
		try (Connection connection = this.database.connect()) {
			List<String> before = settings(connection, SETTINGS);

			Migrators.migrator(folder, new SingleConnectionDataSource(connection, true), MigratorOptions.defaults())
				.migrate(MigrateRequest.all());

			assertThat(settings(connection, "SELECT * FROM first")).containsExactly(
					"client_connection_check_interval=2000", "tcp_keepalives_count=3", "tcp_keepalives_idle=10",
					"tcp_keepalives_interval=5", "tcp_user_timeout=30000");
			assertThat(settings(connection, "TABLE first EXCEPT TABLE second")).isEmpty();
			assertThat(settings(connection, SETTINGS)).isEqualTo(before);
		}
	}

	private static List<String> settings(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
			List<String> settings = new ArrayList<>();
			while (rows.next()) {
				settings.add(rows.getString(1));
			}
			return settings;
		}
	}

}
