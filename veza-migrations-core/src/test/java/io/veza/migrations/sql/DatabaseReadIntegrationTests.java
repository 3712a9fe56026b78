package io.veza.migrations.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DatabaseReadIntegrationTests {

	private static final TestDatabase database = TestDatabase.create();

	private final Connection connection;

	private final DatabaseRead<String> letter = DatabaseRead.of("SELECT 'a'", (rows) -> {
		rows.next();
		return rows.getString(1);
	});

	private final DatabaseRead<List<Integer>> numbers = DatabaseRead
		.list("SELECT n FROM pg_catalog.generate_series(1, 3) n ORDER BY n", (row) -> row.getInt("n"));

	DatabaseReadIntegrationTests() throws SQLException {
		this.connection = database.connect();
	}

	@AfterEach
	void close() throws SQLException {
		this.connection.close();
	}

	@Test
	void listKeepsTheOrderOfTheRows() throws SQLException {
		assertThat(this.numbers.read(this.connection)).containsExactly(1, 2, 3);
	}

	@Test
	void joinedReadsEachReadTheirOwnResult() throws SQLException {
		DatabaseRead<String> joined = this.letter.and(this.numbers, (first, second) -> first + second)
			.and(this.letter, String::concat);

		assertThat(joined.statements()).hasSize(3);
		assertThat(joined.read(this.connection)).isEqualTo("a[1, 2, 3]a");
	}

	@Test
	void statementsBeforeAndAfterDoNotDisturbTheResults() throws SQLException {
		DatabaseRead<String> read = this.letter.after(List.of("BEGIN", "SELECT 1", "SET LOCAL lock_timeout = 500"))
			.then("CREATE TABLE kept ()")
			.and(this.numbers, (first, second) -> first + second)
			.then("ROLLBACK");

		assertThat(read.read(this.connection)).isEqualTo("a[1, 2, 3]");
		assertThat(database.query("SELECT to_regclass('kept') IS NULL")).containsExactly("t");
	}

	@Test
	void knownReadAsksNothing() throws SQLException {
		DatabaseRead<String> known = DatabaseRead.known("known");

		assertThat(known.statements()).isEmpty();
		assertThat(known.read(this.connection)).isEqualTo("known");
		assertThat(known.and(this.letter, String::concat).and(known, String::concat).read(this.connection))
			.isEqualTo("knownaknown");
	}

	@Test
	void mapChangesTheAnswerAlone() throws SQLException {
		assertThat(this.numbers.map(List::size).read(this.connection)).isEqualTo(3);
	}

	@Test
	void questionMarksAndBracesAreSentAsTheyAre() throws SQLException {
		DatabaseRead<String> read = DatabaseRead.of("SELECT '{\"a\": 1}'::jsonb ? 'a' OR '{d ''1''}' = '?'", (rows) -> {
			rows.next();
			return rows.getString(1);
		});

		assertThat(read.read(this.connection)).isEqualTo("t");
	}

	@Test
	void readOfAStatementWithoutRowsIsRefused() {
		DatabaseRead<Boolean> read = DatabaseRead.of("SET application_name = 'x'", (rows) -> true);

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> read.read(this.connection))
			.withMessage("The next result must be that of a query");
	}

	@Test
	void nothingIsReadWhenOneStatementFails() {
		AtomicInteger readers = new AtomicInteger();
		DatabaseRead<Integer> counted = DatabaseRead.of("SELECT 1", (rows) -> readers.incrementAndGet());

		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> counted.then("SELECT 1 / 0").read(this.connection))
			.withMessageContaining("division by zero");
		assertThat(readers).hasValue(0);
	}

}
