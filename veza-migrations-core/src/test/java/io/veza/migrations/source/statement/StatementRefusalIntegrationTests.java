package io.veza.migrations.source.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.veza.migrations.source.sections.TestContent;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds what {@link StatementKindRules} knows against what the server refuses inside a
 * transaction block.
 */
class StatementRefusalIntegrationTests {

	private static TestDatabase database;

	@BeforeAll
	static void createObjects() {
		database = TestDatabase.create();
		database.execute("""
				CREATE TABLE t (a int PRIMARY KEY);
				CREATE INDEX i ON t (a);
				CREATE TABLE p (a int) PARTITION BY LIST (a);
				CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
				CREATE MATERIALIZED VIEW v AS SELECT a FROM t;
				CREATE UNIQUE INDEX ON v (a);
				CREATE SUBSCRIPTION s CONNECTION 'dbname=none' PUBLICATION x WITH (connect = false);
				""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE INDEX CONCURRENTLY ON t (a)", "CREATE UNIQUE INDEX CONCURRENTLY j ON t (a)",
			"DROP INDEX CONCURRENTLY i", "REINDEX INDEX CONCURRENTLY i", "REINDEX (CONCURRENTLY) TABLE t",
			"REINDEX (VERBOSE, CONCURRENTLY true) TABLE t", "REINDEX (VERBOSE) TABLE CONCURRENTLY t",
			"REINDEX SCHEMA public", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY", "VACUUM", "VACUUM (ANALYZE) t",
			"CREATE DATABASE d", "DROP DATABASE d", "ALTER DATABASE postgres SET TABLESPACE pg_default",
			"CREATE TABLESPACE x LOCATION '/x'", "DROP TABLESPACE x", "ALTER SYSTEM SET work_mem = '1MB'", "CLUSTER",
			"CLUSTER VERBOSE", "CREATE SUBSCRIPTION r CONNECTION 'dbname=none' PUBLICATION x", "DISCARD ALL",
			"COMMIT PREPARED 'x'", "ROLLBACK PREPARED 'x'" })
	void serverRefusesWhatIsTakenToRefuse(String sql) {
		assertThat(kind(sql).refusesTransaction()).isTrue();
		assertThat(runInsideABlock(sql)).isEqualTo("25001");
	}

	/** These came after PostgreSQL 14; an older server does not know them. */
	@ParameterizedTest
	@ValueSource(strings = { "REINDEX DATABASE", "CLUSTER (VERBOSE)" })
	void serverRefusesOrDoesNotKnowWhatIsTakenToRefuse(String sql) {
		assertThat(kind(sql).refusesTransaction()).isTrue();
		assertThat(runInsideABlock(sql)).isIn("25001", "42601");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE INDEX j ON t (a)", "DROP INDEX i", "REINDEX TABLE t",
			"REINDEX (CONCURRENTLY false) TABLE t", "ALTER TABLE p DETACH PARTITION p1",
			"REFRESH MATERIALIZED VIEW CONCURRENTLY v", "ANALYZE t",
			"CREATE SUBSCRIPTION r CONNECTION 'dbname=none' PUBLICATION x WITH (connect = false)",
			"ALTER SUBSCRIPTION s SET PUBLICATION y WITH (refresh = false)",
			"ALTER SUBSCRIPTION s ADD PUBLICATION y WITH (refresh = false)", "DISCARD TEMP", "SAVEPOINT a",
			"PREPARE q AS SELECT 1", "CHECKPOINT", "ALTER TYPE pg_catalog.bool OWNER TO CURRENT_USER",
			"DO $$ BEGIN PERFORM 'VACUUM'; END $$" })
	void serverAcceptsWhatIsTakenToBeOrdinary(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.ORDINARY);
		assertThat(runInsideABlock(sql)).isEqualTo("00000");
	}

	/**
	 * These look at the object first, which the subscription of this test lacks.
	 */
	@Test
	void serverIsNotAskedAboutSubscriptionsThatAreEnabled() {
		for (String sql : List.of("ALTER SUBSCRIPTION s REFRESH PUBLICATION",
				"ALTER SUBSCRIPTION s SET PUBLICATION y")) {
			assertThat(kind(sql).refusesTransaction()).isTrue();
			assertThat(runInsideABlock(sql)).isIn("25001", "55000", "42601");
		}
	}

	private static Kind kind(String sql) {
		SourceTextCursor source = SourceTextCursor.open("f.sql", TestContent.of(sql).input());
		SqlStatementScanner scanner = new SqlStatementScanner(source, CurrentStatementText.measured());
		assertThat(scanner.next()).isEqualTo(SqlStatementScanner.ScannedPiece.STATEMENT);
		return scanner.outline().kind();
	}

	/**
	 * Return what the server says.
	 * @return the SQLSTATE
	 */
	private static String runInsideABlock(String sql) {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("SELECT 1");
			statement.execute(sql);
			return "00000";
		}
		catch (SQLException ex) {
			return ex.getSQLState();
		}
	}

}
