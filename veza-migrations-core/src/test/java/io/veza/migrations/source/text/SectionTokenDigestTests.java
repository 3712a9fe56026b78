package io.veza.migrations.source.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.veza.migrations.source.sections.TestContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SectionTokenDigestTests {

	private static final String UP = "CREATE TABLE t (a int DEFAULT -1, b text DEFAULT 'x  y');";

	/**
	 * The value is stored in databases: if this fails, the algorithm has changed and
	 * every applied migration would count as changed.
	 */
	@Test
	void checksumIsFrozen() {
		String sql = "/* é */ SELECT a<=-1, '😀--', $$;$$ ;\nCOPY t FROM stdin;\n1\té\n\\.\n";

		assertThat(upChecksum(sql)).isEqualTo("v1:95110c792df8b82a564e7303684daa5bbf38f974fa1a9baab5c65219e4de3a7f");
	}

	@Test
	void checksumIsThatOfTheTokensWithZerosBetween() throws Exception {
		String tokens = "SELECT\0a\0<=\0-\0001\0,\0'😀€é'\0;\0COPY\0t\0FROM\0stdin\0;\0001\té\n\0";
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(tokens.getBytes(StandardCharsets.UTF_8));

		assertThat(upChecksum("SELECT a <= -1, '😀€é';COPY t FROM stdin;\n1\té\n\\.\n"))
			.isEqualTo("v1:" + HexFormat.of().formatHex(digest));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE t(a int DEFAULT-1,b text DEFAULT 'x  y');",
			"-- Author: me\nCREATE TABLE t (\n\ta int DEFAULT -1, -- a\r\n\tb text /* b */ DEFAULT 'x  y'\n) ;\n-- end",
			"\\restrict x\nCREATE TABLE t (a int DEFAULT - 1, b text DEFAULT 'x  y');\n\\unrestrict x" })
	void checksumIgnoresCommentsAndWhiteSpace(String sql) {
		assertThat(upChecksum(sql)).isEqualTo(upChecksum(UP));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE t (a int DEFAULT -1, b text DEFAULT 'x y');",
			"CREATE TABLE t (a int DEFAULT 1, b text DEFAULT 'x  y');",
			"CREATE TABLE t (aint DEFAULT -1, b text DEFAULT 'x  y');",
			"CREATE TABLE t (a int DEFAULT -1, b text DEFAULT 'x  y'); SELECT 1;",
			"CREATE TABLE \"t\" (a int DEFAULT -1, b text DEFAULT 'x  y');" })
	void checksumChangesWithTokens(String sql) {
		assertThat(upChecksum(sql)).isNotEqualTo(upChecksum(UP));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "a b, ab", "a < = b, a <= b", "$$ $$, $a$ $a$", "'a' 'b', 'a''b'",
			"E'a', e'a'", "$$a$$, $$a $$" })
	void checksumTellsApart(String one, String other) {
		assertThat(upChecksum(one)).isNotEqualTo(upChecksum(other));
	}

	@Test
	void checksumCoversCopyDataAsItIs() {
		String copy = "COPY t FROM STDIN;\n%s\n\\.\n";

		assertThat(upChecksum(copy.formatted("a -- b"))).isNotEqualTo(upChecksum(copy.formatted("a")))
			.isNotEqualTo(upChecksum(copy.formatted("a  -- b")));
	}

	@Test
	void checksumIgnoresTheDownAndTheHeader() {
		String up = "-- UP\nSELECT 1;\n";

		assertThat(TestContent.of("-- a\n" + up + "-- DOWN\nSELECT 2;").parse().upChecksum())
			.isEqualTo(TestContent.of(up + "-- DOWN\nSELECT 3;").parse().upChecksum());
	}

	@Test
	void checksumOfALongTokenDoesNotDependOnBuffers() throws Exception {
		for (int length = 8170; length < 8195; length++) {
			String literal = "'" + "x".repeat(length) + "😀'";
			byte[] bytes = (literal + "\0").getBytes(StandardCharsets.UTF_8);

			assertThat(upChecksum(literal))
				.isEqualTo("v1:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
		}
	}

	private static String upChecksum(String sql) {
		return TestContent.ofUp(sql).parse().upChecksum().value();
	}

}
