package io.veza.migrations.source.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.failure.InvalidMigrationsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SqlTokenizerTests {

	static Stream<Arguments> nextCutsLikePostgresql() {
		return Stream.of(arguments("SELECT 'it''s; -- no' , 1", List.of("SELECT", "'it''s; -- no'", ",", "1")),
				arguments("'a\\' , 'b'", List.of("'a\\'", ",", "'b'")),
				arguments("E'a\\';' , e'\\\\' ", List.of("E'a\\';'", ",", "e'\\\\'")),
				arguments("E'a'\n'\\';' x", List.of("E'a'", "'\\';'", "x")),
				arguments("E'a' -- c\n -- d\n'\\';' x", List.of("E'a'", "'\\';'", "x")),
				arguments("E'a' '\\' x", List.of("E'a'", "'\\'", "x")),
				arguments("E'a' /* c */\n'\\' x", List.of("E'a'", "'\\'", "x")),
				arguments("E'a'\n,\n'\\' x", List.of("E'a'", ",", "'\\'", "x")),
				arguments("U&'\\' U&\"a;\"\"b\" u & '\\'", List.of("U&'\\'", "U&\"a;\"\"b\"", "u", "&", "'\\'")),
				arguments("B'01' x'1F' N'\\' n'b' name'\\'",
						List.of("B'01'", "x'1F'", "N'\\'", "n'b'", "name", "'\\'")),
				arguments("\"a\"\"b;\" \"c\".d", List.of("\"a\"\"b;\"", "\"c\"", ".", "d")),
				arguments("$$a'b$c;$$ x", List.of("$$a'b$c;$$", "x")),
				arguments("$a$ $$ $b$ $a $ab$ $a$ x", List.of("$a$ $$ $b$ $a $ab$ $a$", "x")),
				arguments("$ü1$;$ü$;$ü1$", List.of("$ü1$;$ü$;$ü1$")),
				arguments("a$b$c $1 $2$x$;$x$", List.of("a$b$c", "$1", "$2", "$x$;$x$")),
				arguments("$ $a b", List.of("$", "$", "a", "b")),
				arguments("1a$b$c 1$$;$$", List.of("1a$b$c", "1", "$$;$$")),
				arguments("/* a /* b; */ ' */ x /*/ */ y/**/z", List.of("x", "y", "z")),
				arguments("a--b'\nc", List.of("a", "c")),
				arguments("a<=b < = c<>d", List.of("a", "<=", "b", "<", "=", "c", "<>", "d")),
				arguments("a=-1 b@-1 c=+-2 d*-e",
						List.of("a", "=", "-", "1", "b", "@-", "1", "c", "=", "+", "-", "2", "d", "*", "-", "e")),
				arguments("a->>'b'?|c#>>d", List.of("a", "->>", "'b'", "?|", "c", "#>>", "d")),
				arguments("a+--b\nc*/*d*/e", List.of("a", "+", "c", "*", "e")),
				arguments("a::int[1:2] b:=1 c=>2",
						List.of("a", "::", "int", "[", "1", ":", "2", "]", "b", ":=", "1", "c", "=>", "2")),
				arguments("1.5 1. .5 1e5 1e-5 1 e - 5 1..2 0x1F 1_000",
						List.of("1.5", "1.", ".5", "1e5", "1e-5", "1", "e", "-", "5", "1", "..", "2", "0x1F", "1_000")),
				arguments("${a};é_1", List.of("$", "{", "a", "}", ";", "é_1")));
	}

	@ParameterizedTest
	@MethodSource
	void nextCutsLikePostgresql(String sql, List<String> tokens) {
		assertThat(tokens(sql)).isEqualTo(tokens);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "SELECT 'a'', 1:8, string", "E'a\\', 1:1, string", "\"a, 1:1, quoted identifier",
					"x $a$ b $$, 1:3, text in dollar quotes", "/* /* */, 1:1, comment", "U&'x, 1:1, string" })
	void nextWhenLiteralHasNoEndPointsToItsBeginning(String sql, String place, String what) {
		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> tokens(sql))
			.withMessageStartingWith("f.sql:" + place + ": The " + what + " that begins here has no end. Close it");
	}

	@Test
	void nextWhenTokenLiesAcrossBuffersKeepsItWhole() {
		for (int length = 8170; length < 8200; length++) {
			String blanks = " ".repeat(length);

			assertThat(tokens(blanks + "$tag$😀$tag$ <=> E'\\'' U&\"a\" --c\n1e-5")).containsExactly("$tag$😀$tag$",
					"<=>", "E'\\''", "U&\"a\"", "1e-5");
		}
	}

	@Test
	void nextCountsLinesAndColumnsInFoldedText() {
		SourceTextCursor source = source("\uFEFFa\r\n  b /*\r*/ \tc");
		SqlTokenizer tokenizer = new SqlTokenizer(source);
		List<String> places = new ArrayList<>();
		for (SqlTokenKind token = tokenizer.next(); token != SqlTokenKind.END; token = tokenizer.next()) {
			places.add(token + " " + tokenizer.line() + ":" + tokenizer.column());
		}

		assertThat(places).containsExactly("WORD 1:1", "WORD 2:3", "BLOCK_COMMENT 2:5", "WORD 3:5");
	}

	private static SourceTextCursor source(String sql) {
		return SourceTextCursor.open("f.sql", new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8)));
	}

	static List<String> tokens(String sql) {
		List<String> tokens = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		SourceTextCursor source = source(sql);
		source.add(new SourceTextSink() {

			@Override
			public void append(TextPart part, char[] chars, int from, int to) {
				if (part == TextPart.TOKEN) {
					text.append(chars, from, to - from);
				}
			}

			@Override
			public void end(TextPart part) {
				tokens.add(text.toString());
				text.setLength(0);
			}

		});
		SqlTokenizer tokenizer = new SqlTokenizer(source);
		SqlTokenKind token = tokenizer.next();
		while (token != SqlTokenKind.END) {
			token = tokenizer.next();
		}
		return tokens;
	}

}
