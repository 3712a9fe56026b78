package io.veza.migrations.source.statement;

import io.veza.migrations.source.sections.TestContent;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.SqlStatement.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatementKindRulesTests {

	@ParameterizedTest
	@ValueSource(strings = { "CREATE INDEX CONCURRENTLY i ON t (a)", "create unique index concurrently on t (a)",
			"CREATE /* c */ INDEX /* d */ CONCURRENTLY IF NOT EXISTS i ON t (a)",
			"DROP INDEX CONCURRENTLY IF EXISTS a, b", "REINDEX INDEX CONCURRENTLY i",
			"REINDEX (VERBOSE) TABLE CONCURRENTLY s.t", "REINDEX (CONCURRENTLY) INDEX i",
			"REINDEX (CONCURRENTLY true, VERBOSE) TABLE t", "REINDEX (VERBOSE, CONCURRENTLY on) TABLE t",
			"REINDEX SCHEMA s", "REINDEX DATABASE d", "REINDEX (VERBOSE) SYSTEM d", "REINDEX SCHEMA CONCURRENTLY s",
			"ALTER TABLE a.b DETACH PARTITION \"c d\".e CONCURRENTLY",
			"ALTER TABLE IF EXISTS ONLY t DETACH PARTITION p CONCURRENTLY", "VACUUM", "VACUUM (FULL) t",
			"CREATE DATABASE d", "DROP DATABASE IF EXISTS d", "ALTER DATABASE d SET TABLESPACE s",
			"CREATE TABLESPACE s LOCATION '/x'", "DROP TABLESPACE s", "ALTER SYSTEM SET work_mem = '1MB'", "CLUSTER",
			"CLUSTER VERBOSE", "CLUSTER (VERBOSE)", "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p",
			"CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (create_slot = true)", "DROP SUBSCRIPTION s",
			"ALTER SUBSCRIPTION s REFRESH PUBLICATION", "ALTER SUBSCRIPTION s SET PUBLICATION p",
			"ALTER SUBSCRIPTION s ADD PUBLICATION p WITH (refresh = true)",
			"ALTER SUBSCRIPTION s SET (failover = true)", "DISCARD ALL", "COMMIT PREPARED 'x'",
			"ROLLBACK PREPARED 'x'" })
	void kindOfWhatRefusesATransaction(String sql) {
		assertThat(kind(sql).refusesTransaction()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE INDEX CONCURRENTLY i ON t (a)", "create unique index concurrently on t (a)",
			"DROP INDEX CONCURRENTLY IF EXISTS i", "REINDEX INDEX CONCURRENTLY i", "REINDEX (CONCURRENTLY) INDEX i",
			"REINDEX (VERBOSE) TABLE CONCURRENTLY s.t", "REINDEX (CONCURRENTLY true, VERBOSE) TABLE t",
			"REINDEX (VERBOSE, CONCURRENTLY = on) TABLE t", "REINDEX SCHEMA CONCURRENTLY s" })
	void kindOfIndexesConcurrently(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.INDEX_CONCURRENTLY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "REINDEX SCHEMA s", "REINDEX (VERBOSE) SYSTEM d", "VACUUM t", "DISCARD ALL",
			"REINDEX (CONCURRENTLY false) SCHEMA s" })
	void kindOfOthersThatRefuseATransaction(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.REFUSES_TRANSACTION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE a.b DETACH PARTITION \"c d\".e CONCURRENTLY",
			"ALTER TABLE IF EXISTS ONLY t DETACH PARTITION p CONCURRENTLY" })
	void kindOfDetachConcurrently(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.DETACH_CONCURRENTLY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE t VALIDATE CONSTRAINT c",
			"ALTER TABLE IF EXISTS ONLY s.\"t\" * VALIDATE CONSTRAINT \"c d\"",
			"ALTER TABLE t VALIDATE CONSTRAINT c, VALIDATE CONSTRAINT d" })
	void kindOfValidateConstraint(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.VALIDATE_CONSTRAINT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE INDEX i ON t (a)", "CREATE INDEX \"CONCURRENTLY\" ON t (a)", "DROP INDEX a",
			"REINDEX TABLE t", "REINDEX (CONCURRENTLY false) TABLE t", "REINDEX (VERBOSE) INDEX i",
			"ALTER TABLE t DETACH PARTITION p", "ALTER TABLE t DETACH PARTITION p FINALIZE",
			"ALTER DATABASE d SET a = b", "REFRESH MATERIALIZED VIEW CONCURRENTLY v", "CLUSTER t", "CLUSTER t USING i",
			"ANALYZE t", "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (connect = false)",
			"CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (create_slot = off, slot_name = NONE)",
			"ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)", "ALTER SUBSCRIPTION s DISABLE",
			"ALTER TABLE t VALIDATE CONSTRAINT c, ADD COLUMN d int", "ALTER DOMAIN d VALIDATE CONSTRAINT c",
			"DISCARD TEMP", "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a", "ROLLBACK WORK TO SAVEPOINT a",
			"ROLLBACK TRANSACTION TO a", "PREPARE p AS SELECT 1", "COPY t TO STDOUT", "COPY t FROM '/stdin'",
			"COPY t FROM PROGRAM 'stdin'", "COPY (SELECT a FROM stdin) TO '/x'",
			"CREATE FUNCTION f() RETURNS int AS $$ CREATE INDEX CONCURRENTLY i ON t (a) $$ LANGUAGE sql",
			"COMMENT ON TABLE t IS 'VACUUM'" })
	void kindOfOrdinaryStatements(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.ORDINARY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 'CREATE INDEX CONCURRENTLY'", "(select 1)", "((SELECT 1) UNION SELECT 2)",
			"with x as (select 1) table x", "VALUES (1), (2)", "TABLE t" })
	void kindOfWhatReturnsRows(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.QUERY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "BEGIN", "begin work", "BEGIN ISOLATION LEVEL SERIALIZABLE", "START TRANSACTION",
			"start transaction read only" })
	void kindOfWhatOpensABlock(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.BEGIN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "COMMIT", "commit work", "END", "END TRANSACTION", "PREPARE TRANSACTION 'x'" })
	void kindOfWhatEndsABlockAndKeepsItsWork(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.COMMIT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ROLLBACK", "ROLLBACK WORK", "ABORT", "abort transaction" })
	void kindOfWhatEndsABlockAndDiscardsItsWork(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.ROLLBACK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "COPY t FROM STDIN", "copy \"a b\".t (a, \"b)\") from stdin with (format csv, header)",
			"COPY BINARY t FROM stdin", "COPY t(a) FROM STDIN DELIMITER ','" })
	void kindOfCopyFromStdin(String sql) {
		assertThat(kind(sql)).isEqualTo(Kind.COPY_FROM_STDIN);
	}

	private static Kind kind(String sql) {
		SourceTextCursor source = SourceTextCursor.open("f.sql", TestContent.of(sql + ";\n\\.\n").input());
		SqlStatementScanner scanner = new SqlStatementScanner(source, CurrentStatementText.measured());
		assertThat(scanner.next()).isEqualTo(SqlStatementScanner.ScannedPiece.STATEMENT);
		return scanner.outline().kind();
	}

}
