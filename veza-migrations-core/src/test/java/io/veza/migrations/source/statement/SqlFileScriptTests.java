package io.veza.migrations.source.statement;

import java.nio.charset.StandardCharsets;

import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.sql.StatementReader;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlFileScript}.
 */
class SqlFileScriptTests {

	private static final String TEXT = "-- UP\nSELECT 'é';\n-- DOWN\nSELECT 2";

	private final SqlFileScript script = new SqlFileScript("f.sql",
			new ByteArrayResource(TEXT.getBytes(StandardCharsets.UTF_8)));

	@Test
	void openReadsTheStatementsOfTheWholeFileEachTime() {
		for (int i = 0; i < 2; i++) {
			try (StatementReader reader = this.script.open()) {
				assertThat(reader).toIterable()
					.containsExactly(new SqlStatement("SELECT 'é'", 2, 1, Kind.QUERY),
							new SqlStatement("SELECT 2", 4, 1, Kind.QUERY));
			}
		}
	}

	@Test
	void textIsTheWholeFile() {
		assertThat(this.script.text(1000)).contains(TEXT);
	}

	@Test
	void textThatIsTooLargeIsEmpty() {
		int bytes = TEXT.getBytes(StandardCharsets.UTF_8).length;

		assertThat(this.script.text(bytes)).contains(TEXT);
		assertThat(this.script.text(bytes - 1)).isEmpty();
	}

}
