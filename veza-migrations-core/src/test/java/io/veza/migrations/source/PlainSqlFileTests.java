package io.veza.migrations.source;

import java.nio.charset.StandardCharsets;

import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.source.sections.TestContent;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.sql.StatementReader;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PlainSqlFileTests {

	@Test
	void scriptYieldsStatementsWithTheirPlaces() {
		assertThat(TestContent.statements(file("\uFEFF-- rows\r\nSELECT 1;\r\n  SELECT ';'").script())).containsExactly(
				new SqlStatement("SELECT 1", 2, 1, Kind.QUERY), new SqlStatement("SELECT ';'", 3, 3, Kind.QUERY));
	}

	@Test
	void markerIsAComment() {
		PlainSqlFile file = file("-- UP\nSELECT 1,\n-- DOWN\n2;\n-- DOWN\nSELECT 3;\n-- UP\n");

		assertThat(TestContent.statements(file.script())).extracting(SqlStatement::line).containsExactly(2, 6);
		assertThat(file.script().text(1000).orElseThrow()).endsWith("SELECT 3;\n-- UP\n");
	}

	@Test
	void scriptStreamsCopyDataAndPassesOverRestrict() {
		PlainSqlFile file = file("\\restrict abc\nCOPY t FROM stdin;\n-- DOWN\n\\.\n\\unrestrict abc\nSELECT 1;");
		try (StatementReader reader = file.script().open()) {
			assertThat(reader.next().kind()).isEqualTo(Kind.COPY_FROM_STDIN);
			assertThat(TestContent.readAll(reader.copyData())).isEqualTo("-- DOWN\n");
			assertThat(reader.next().line()).isEqualTo(6);
			assertThat(reader.hasNext()).isFalse();
		}
	}

	@Test
	void whatOnlyAClientCanDoIsAProblemOfItsLine() {
		assertThatExceptionOfType(InvalidMigrationsException.class)
			.isThrownBy(() -> file("SELECT 1;\n\\connect shop\nCOPY t TO STDOUT;").script())
			.withMessage(
					"""
							rows.sql:2:1: "\\connect" is a command of psql, which PostgreSQL does not know. Remove it, or write it as SQL.
							  \\connect shop
							  ^
							rows.sql:3:1: COPY … TO STDOUT sends data to a client, and a migration has none. Copy into a table or remove it.
							  COPY t TO STDOUT;
							  ^""");
	}

	@Test
	void fileThatIsNotThereIsAProblem() {
		assertThatExceptionOfType(InvalidMigrationsException.class)
			.isThrownBy(() -> new PlainSqlFile(new ClassPathResource("nope.sql"), "nope.sql").script())
			.withMessageStartingWith("nope.sql: The file cannot be read: ");
	}

	@Test
	void copyDataWithoutItsEndIsAProblem() {
		assertThatExceptionOfType(InvalidMigrationsException.class)
			.isThrownBy(() -> file("COPY t FROM STDIN;\n1").script())
			.withMessageContaining("rows.sql:1: The data of this COPY … FROM STDIN has no end.");
	}

	private static PlainSqlFile file(String text) {
		return new PlainSqlFile(new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)), "rows.sql");
	}

}
