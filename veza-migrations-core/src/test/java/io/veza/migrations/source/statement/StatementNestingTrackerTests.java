package io.veza.migrations.source.statement;

import java.util.List;

import io.veza.migrations.source.sections.TestContent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatementNestingTrackerTests {

	@ParameterizedTest
	@ValueSource(strings = { "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; SELECT (1); )",
			"CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END",
			"create or replace procedure p() begin atomic insert into t values (1); end",
			"CREATE FUNCTION f() RETURNS int BEGIN /* c */ ATOMIC SELECT CASE WHEN a THEN 1 ELSE 2 END; SELECT (CASE a WHEN 1 THEN 2 END); END",
			"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT t.end, t.\"case\", a AS case FROM t; END",
			"CREATE FUNCTION begin() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql",
			"CREATE FUNCTION f(begin int) RETURNS int RETURN begin",
			"CREATE FUNCTION f(x text DEFAULT 'BEGIN ATOMIC') RETURNS int RETURN 1", "DO $$ BEGIN PERFORM 1; END $$",
			"SELECT CASE WHEN a THEN 1 END", "CREATE TABLE atomic (begin int)",
			"SELECT a[1:2] FROM t WHERE b ? 'c' AND d = '{;}'::jsonb" })
	void semicolonsInsideAStatementDoNotEndIt(String sql) {
		assertThat(TestContent.ofUp(sql + "; SELECT 'next';").upStatements()).isEqualTo(List.of(sql, "SELECT 'next'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT ) 1", "CREATE TABLE t (a int))" })
	void closingParenthesisTooManyDoesNotSwallowWhatFollows(String sql) {
		assertThat(TestContent.ofUp(sql + "; SELECT 'next';").upStatements()).isEqualTo(List.of(sql, "SELECT 'next'"));
	}

}
