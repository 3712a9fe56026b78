package io.veza.migrations.source.sections;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds our splitting against the server's own: a text that is sent as it is, as one
 * simple query, gives the same results as its statements do that we find in it.
 */
class SplittingIntegrationTests {

	private static final int STATEMENTS = 25;

	private static TestDatabase database;

	static IntStream seeds() {
		return IntStream.rangeClosed(1, 40);
	}

	@BeforeAll
	static void createObjects() {
		database = TestDatabase.create();
		database.execute("""
				CREATE TABLE t (a int);
				CREATE TABLE u (a int);
				CREATE FUNCTION begin() RETURNS text RETURN 'begin;';
				CREATE FUNCTION atomic(i int) RETURNS int RETURN i;
				""");
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void statementsGiveTheResultsOfTheWholeText(int seed) throws SQLException {
		RandomSql random = new RandomSql(seed);
		String text = random.render(statements(random));

		List<String> found = TestContent.ofUp(text).upStatements();
		try (Connection connection = DriverManager.getConnection(database.url() + "?preferQueryMode=simple",
				database.user(), database.password())) {
			assertThat(run(connection, found)).as("seed %d", seed).isEqualTo(run(connection, List.of(text)));
		}
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void checksumDependsOnTokensOnly(int seed) {
		RandomSql random = new RandomSql(seed);
		List<List<String>> statements = statements(random);
		String checksum = upChecksum(random.render(statements));

		assertThat(upChecksum(random.render(statements))).as("seed %d", seed).isEqualTo(checksum);
		List<List<String>> changed = new ArrayList<>(statements);
		changed.set(seed % STATEMENTS, List.of("SELECT", "'changed'"));
		assertThat(upChecksum(random.render(changed))).as("seed %d", seed).isNotEqualTo(checksum);
	}

	private static List<List<String>> statements(RandomSql random) {
		return Stream.generate(random::statement).limit(STATEMENTS).toList();
	}

	private static String upChecksum(String sql) {
		return TestContent.ofUp(sql).parse().upChecksum().value();
	}

	private static List<String> run(Connection connection, List<String> queries) throws SQLException {
		List<String> results = new ArrayList<>();
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			for (String query : queries) {
				boolean rows = statement.execute(query);
				while (rows || statement.getUpdateCount() != -1) {
					results.add(rows ? read(statement.getResultSet()) : "count " + statement.getUpdateCount());
					rows = statement.getMoreResults();
				}
			}
		}
		return results;
	}

	private static String read(ResultSet rows) throws SQLException {
		StringBuilder text = new StringBuilder("rows");
		while (rows.next()) {
			for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
				text.append(" | ").append(rows.getString(i));
			}
		}
		return text.toString();
	}

}
