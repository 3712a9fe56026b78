package io.veza.migrations.source.sections;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.veza.migrations.Migration.Content;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.source.sections.MigrationFileParser.ParsedFile;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.sql.StatementReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FileSectionScriptTests {

	private static final String COPY = """
			-- UP
			SELECT 0;
			COPY t FROM STDIN; -- rows
			1	\\.
			\\.x
			 \\.

			2;
			\\.
			SELECT 1;
			-- DOWN
			SELECT 2;
			""";

	@Test
	void openYieldsStatementsWithTheirPlaces() {
		Content content = TestContent
			.of("-- UP\n-- c\n  SELECT /* a;\n */ 1 -- b\n ; ;SELECT 2 /* d */\n-- DOWN\n\nDROP TABLE t")
			.parse();

		assertThat(TestContent.statements(content.up().script())).containsExactly(
				new SqlStatement("SELECT /* a;\n */ 1", 3, 3, Kind.QUERY),
				new SqlStatement("SELECT 2", 5, 5, Kind.QUERY));
		assertThat(TestContent.statements(content.down().script()))
			.containsExactly(new SqlStatement("DROP TABLE t", 8, 1, Kind.ORDINARY));
	}

	@Test
	void openStreamsCopyData() {
		try (StatementReader reader = TestContent.of(COPY).up().script().open()) {
			reader.next();
			assertThatIllegalStateException().isThrownBy(reader::copyData);

			assertThat(reader.next().kind()).isEqualTo(Kind.COPY_FROM_STDIN);
			assertThat(reader.copyDataLine()).isEqualTo(4);
			assertThat(TestContent.readAll(reader.copyData())).isEqualTo("1\t\\.\n\\.x\n \\.\n\n2;\n");
			assertThat(reader.next()).isEqualTo(new SqlStatement("SELECT 1", 10, 1, Kind.QUERY));
			assertThat(reader.hasNext()).isFalse();
			assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(reader::next);
		}
	}

	@Test
	void openSkipsCopyDataThatIsNotRead() throws IOException {
		try (StatementReader reader = TestContent.of(COPY).up().script().open()) {
			reader.next();
			reader.next();
			assertThat(reader.copyData().read()).isEqualTo('1');

			assertThat(reader.next().sql()).isEqualTo("SELECT 1");
		}
	}

	@ParameterizedTest
	@CsvSource({ "COPY t FROM STDIN;\\n\\.", "COPY t FROM STDIN;\\n\\.\\n" })
	void openWhenCopyHasNoRowsYieldsNoData(String sql) {
		SqlScript script = TestContent.of("-- UP\n-- DOWN\n" + sql.replace("\\n", "\n")).parse().down().script();
		try (StatementReader reader = script.open()) {
			reader.next();

			assertThat(TestContent.readAll(reader.copyData())).isEmpty();
		}
	}

	@Test
	void copyWithoutItsEndIsAProblem() {
		assertThat(TestContent.of("-- UP\nSELECT 1;\nCOPY t FROM STDIN;\n1\n-- DOWN\nSELECT 2;").messages())
			.containsExactly("3:0 The data of this COPY … FROM STDIN has no end. "
					+ "Put a line with nothing but \"\\.\" behind the data.");
	}

	@Test
	void copyWithoutSemicolonIsAProblem() {
		assertThat(TestContent.of("-- UP\nCOPY t FROM STDIN\n-- DOWN\nSELECT 2;").messages())
			.containsExactly("2:1 This COPY … FROM STDIN has no data. "
					+ "End it with a semicolon, and put the data and a line with nothing but \"\\.\" behind it.");
	}

	@Test
	void copyWithMoreOnItsLineIsAProblem() {
		assertThat(TestContent.of("-- UP\nCOPY t FROM STDIN; SELECT 1;\n1\n\\.\n-- DOWN\nSELECT 2;").messages())
			.containsExactly("2:20 The data of a COPY … FROM STDIN starts on the next line. "
					+ "Move what follows the semicolon behind the data.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "DROP TABLE a;\n", "DROP TABLE a;", "-- é \uD83D\uDE00\r\nDROP TABLE a;\r\n\r\n",
			"\n\n-- irreversible: gone", "COPY t FROM STDIN;\n1\t2\n\\.\nSELECT 'x' ;  " })
	void downChecksumIsThatOfTheTextThatIsStored(String down) throws Exception {
		Content content = TestContent.of("-- UP\nSELECT 1;\n-- DOWN\n" + down).parse();

		String text = content.down().script().text(1000).orElseThrow();
		assertThat(text).isEqualTo(down.replace("\r\n", "\n"));
		assertThat(content.downChecksum()).isEqualTo(
				Checksum.ofText(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))));
	}

	@Test
	void finishReturnsTheChecksumOfTheWholeFile() {
		ParsedFile file = TestContent.of(COPY + "-- the end\r\n").parsed();

		for (SqlScript script : List.of(file.content().up().script(), file.content().down().script())) {
			try (StatementReader reader = script.open()) {
				assertThat(reader.next().sql()).startsWith("SELECT");
				assertThat(reader.finish()).isEqualTo(file.checksum());
			}
		}
	}

	@Test
	void finishEndsTheStatements() {
		ParsedFile file = TestContent.of(COPY).parsed();

		try (StatementReader reader = file.content().up().script().open()) {
			assertThat(reader.hasNext()).isTrue();
			reader.finish();
			assertThat(reader.hasNext()).isFalse();
			assertThat(reader.finish()).isEqualTo(file.checksum());
		}
	}

	@Test
	void copyDataNeverCutsACharacterInTwo() throws IOException {
		SqlScript script = TestContent.ofUp("COPY t FROM STDIN;\na😀😀b\n\\.").up().script();
		try (StatementReader reader = script.open()) {
			reader.next();
			char[] chars = new char[2];
			List<String> read = new ArrayList<>();
			for (int length = reader.copyData().read(chars); length != -1; length = reader.copyData().read(chars)) {
				read.add(new String(chars, 0, length));
			}

			assertThat(read).containsExactly("a", "😀", "😀", "b\n");
		}
	}

	@Test
	void finishWhenTheFileHasChangedReturnsAnotherChecksum() {
		List<String> texts = new ArrayList<>(List.of("-- UP\n-- DOWN\n", "-- UP\n-- DOWN\n-- changed"));
		ParsedFile file = new TestContent(() -> stream(texts.remove(0))).parsed();

		try (StatementReader reader = file.content().up().script().open()) {
			assertThat(reader.finish()).isNotEqualTo(file.checksum());
		}
	}

	@Test
	void openWhenTheFileHasLostItsSectionFails() {
		List<String> texts = new ArrayList<>(List.of("-- UP\n-- DOWN\n", "-- UP\n"));
		Content content = new TestContent(() -> stream(texts.remove(0))).parse();

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> content.down().script().open())
			.withMessage(
					"001_test.sql: The file has no line \"-- DOWN\" any more. Do not change migration files while they run.");
	}

	@Test
	void closeClosesTheFile() throws IOException {
		AtomicBoolean closed = new AtomicBoolean();
		InputStream file = new FilterInputStream(stream("-- UP\n-- DOWN\n")) {

			@Override
			public void close() {
				closed.set(true);
			}

		};

		new FileSectionScript(TestContent.FILE, () -> file, SectionMarkerLine.UP).open().close();

		assertThat(closed).isTrue();
	}

	@Test
	void textIsTheSectionWithoutItsMarkers() {
		Content content = TestContent
			.of("\uFEFF-- x\n-- UP\n-- Author: é\r\nCOPY t FROM STDIN;\n1\n\\.\n\n  -- DOWN\n\nSELECT 2;\n-- end")
			.parse();

		assertThat(content.up().script().text(1000)).contains("-- Author: é\nCOPY t FROM STDIN;\n1\n\\.\n\n");
		assertThat(content.down().script().text(1000)).contains("\nSELECT 2;\n-- end");
	}

	@Test
	void textWhenItIsTooLargeIsEmpty() {
		Content content = TestContent.of("-- UP\nSELECT 'é';\n-- DOWN\nSELECT 2;").parse();

		assertThat(content.up().script().text(13)).contains("SELECT 'é';\n");
		assertThat(content.up().script().text(12)).isEmpty();
		assertThat(content.down().script().text(9)).contains("SELECT 2;");
		assertThat(content.down().script().text(8)).isEmpty();
	}

	@Test
	void textWhenSectionIsEmptyIsAnEmptyText() {
		Content content = TestContent.of("-- UP\n-- DOWN").parse();

		assertThat(content.up().script().text(0)).contains("");
		assertThat(content.down().script().text(0)).contains("");
	}

	private static InputStream stream(String text) throws IOException {
		return new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)).getInputStream();
	}

}
