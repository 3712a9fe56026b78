package io.veza.migrations.sql;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SqlFailureTests {

	@Test
	void describeShowsThePlaceTheLineAndACaretBelowTabsAndCharacters() {
		SqlFailure failure = new SqlFailure("db/migrations/1_a.sql", 3, 4, "\t'é' x", "42601",
				"syntax error at or near \"'é'\"", "the detail", "the hint", "the context", "the advice");

		assertThat(failure.describe()).isEqualTo("""
				db/migrations/1_a.sql:3:4: syntax error at or near "'é'" (SQLSTATE 42601)
				  \t'é' x
				  \t  ^
				Detail: the detail
				Hint: the hint
				Context: the context
				Action: the advice""");
	}

	@Test
	void describeCutsALongLineAroundTheCaret() {
		String line = "x".repeat(500) + "HERE" + "y".repeat(500);

		String[] lines = new SqlFailure("f.sql", 1, 501, line, null, "m", null, null, null, null).describe()
			.split("\n");

		assertThat(lines[1]).hasSize(122).contains("xHEREy");
		assertThat(lines[1].charAt(lines[2].indexOf('^'))).isEqualTo('H');
	}

	@Test
	void describeOfTheWholeFileHasNoLine() {
		assertThat(new SqlFailure("f.sql", 0, 0, null, null, "gone", null, null, null, null).describe())
			.isEqualTo("f.sql: gone");
	}

}
