package io.veza.migrations.backup.pgdump;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PgDumpContentTests {

	private static final String END = "--\n-- PostgreSQL database dump complete\n--\n\n";

	@ParameterizedTest
	@ValueSource(
			strings = { END, END + "\\unrestrict aBc\n\n", "--\r\n-- PostgreSQL database dump complete\r\n--\r\n\r\n" })
	void isCompleteWhenItEndsAsPgDumpEndsIt(String end) {
		assertThat(content("1\tx\n\\.\n" + end).isComplete()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "-- PostgreSQL database dump complet\n", "-- PostgreSQL database dump complete",
			END + "1\tx\n", END + "SELECT", END + "-- TOC entry 1 (class 0 OID 1)\n" })
	void isNotCompleteWhenItEndsOtherwise(String end) {
		assertThat(content("SELECT 1;\n" + end).isComplete()).isFalse();
	}

	@Test
	void missingIsWhatDidNotPassBy() {
		PgDumpContent content = new PgDumpContent(Set.of("(class 0 OID 16385)", "(class 1259 OID 16390)"));

		pass(content, "-- TOC entry 17 (class 0 OID 16385)\n-- TOC entry 18 (class 1259 OID 163900)\n");

		assertThat(content.missing()).containsExactly("(class 1259 OID 16390)");
	}

	@Test
	void writeWhenLineIsEndlessKeepsItsBeginningOnly() {
		PgDumpContent content = new PgDumpContent(Set.of());

		pass(content, "-- TOC entry " + "x".repeat(100_000));
		pass(content, "\n" + END);

		assertThat(content.isComplete()).isTrue();
	}

	private static PgDumpContent content(String text) {
		PgDumpContent content = new PgDumpContent(Set.of());
		pass(content, text);
		return content;
	}

	private static void pass(PgDumpContent content, String text) {
		content.write(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
	}

}
