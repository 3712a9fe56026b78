package io.veza.migrations.rehearsal.scratch;

import java.util.Objects;
import java.util.Properties;

import io.veza.migrations.failure.DatabaseUnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.Driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerAccessTests {

	@ParameterizedTest
	@CsvSource(delimiterString = " -> ", textBlock = """
			jdbc:postgresql:db -> localhost 5432
			jdbc:postgresql: -> localhost 5432
			jdbc:postgresql:?ssl=false -> localhost 5432
			jdbc:postgresql:// -> localhost 5432
			jdbc:postgresql:/// -> localhost 5432
			jdbc:postgresql://h/ -> h 5432
			jdbc:postgresql://h/db? -> h 5432
			jdbc:postgresql://h1:1,h2/db?targetServerType=primary -> h1,h2 1,5432
			jdbc:postgresql://[::1]:5/d%20b -> [::1] 5
			jdbc:postgresql://h:7/db?PGDBNAME=other&ssl=false -> h 7
			jdbc:postgresql://h/?dbname=other -> h 5432
			jdbc:postgresql://h/?databaseName=other -> h 5432""")
	void urlOfNamesTheDatabaseAndLeavesTheServer(String url, String server) {
		String changed = new ServerAccess(url, null, null).urlOf("a\"b c&d");

		Properties read = Objects.requireNonNull(Driver.parseURL(changed, new Properties()));
		assertThat(read.getProperty("PGDBNAME")).isEqualTo("a\"b c&d");
		assertThat(read.getProperty("PGHOST") + " " + read.getProperty("PGPORT")).isEqualTo(server);
	}

	@Test
	void urlOfKeepsTheOtherParameters() {
		String url = new ServerAccess("jdbc:postgresql://h/db?sslmode=require&user=eva", null, null).urlOf("x");

		assertThat(Driver.parseURL(url, new Properties())).containsEntry("sslmode", "require")
			.containsEntry("user", "eva");
	}

	@Test
	void textShowsNeitherPasswordNorUrl() {
		assertThat(new ServerAccess("jdbc:postgresql://h/db?password=secret", "eva", "secret"))
			.hasToString("ServerAccess[username=eva]");
	}

	@Test
	void connectWhenServerIsNotThereSaysWhatToDo() {
		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> new ServerAccess("jdbc:postgresql://localhost:1/db", "eva", null).connect())
			.withMessageStartingWith(
					"The server of the rehearsal cannot be reached: Connection to localhost:1 refused.")
			.withMessageContaining("or set veza.migrations.rehearsal.url")
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(5));
	}

	@Test
	void connectWhenNoDriverTakesTheUrlDoesNotShowIt() {
		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> new ServerAccess("jdbc:nope:x?password=secret", null, null).connect())
			.withMessageStartingWith("The server of the rehearsal cannot be reached: no JDBC driver takes the URL.");
	}

}
