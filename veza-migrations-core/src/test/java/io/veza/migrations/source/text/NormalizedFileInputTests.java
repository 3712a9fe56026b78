package io.veza.migrations.source.text;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.veza.migrations.failure.InvalidMigrationsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NormalizedFileInputTests {

	/** Shared by all tests: one file leaves nothing behind for the next. */
	private static final FileReadBuffers BUFFERS = new FileReadBuffers();

	@ParameterizedTest
	@CsvSource({ "a\\r\\nb, a\\nb", "a\\rb, a\\nb", "a\\n\\rb, a\\n\\nb", "a\\r\\r\\nb, a\\n\\nb", "a\\r, a\\n",
			"a\\r\\n\\nb, a\\n\\nb", "ü€😀\\r\\n, ü€😀\\n", "a, a" })
	void readFoldsLineEndsInTextAndChecksum(String text, String folded) throws Exception {
		byte[] bytes = unescape(text).getBytes(StandardCharsets.UTF_8);

		assertThat(read(bytes)).isEqualTo(unescape(folded));
		assertThat(checksum(bytes)).isEqualTo(sha256(unescape(folded)));
	}

	@Test
	void readWhenLineEndLiesAcrossBuffersFoldsIt() throws Exception {
		for (int length = 8185; length < 8200; length++) {
			String line = "x".repeat(length);
			byte[] bytes = (line + "\r\n€" + line).getBytes(StandardCharsets.UTF_8);

			assertThat(read(bytes)).isEqualTo(line + "\n€" + line);
			assertThat(checksum(bytes)).isEqualTo(sha256(line + "\n€" + line));
		}
	}

	@Test
	void checksumKeepsTheByteOrderMark() throws Exception {
		assertThat(checksum("\uFEFFa".getBytes(StandardCharsets.UTF_8))).isEqualTo(sha256("\uFEFFa"));
	}

	@Test
	void readWhenBytesAreNotUtf8NamesOffsetAndLine() {
		byte[] bytes = "-- UP\r\nSELECT 'é';\r\n".getBytes(StandardCharsets.ISO_8859_1);

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> read(bytes))
			.withMessage("f.sql:2: The bytes at offset 15 of the file are not UTF-8. Save the file as UTF-8.");
	}

	@Test
	void readWhenLastCharacterIsCutOffNamesItsOffset() {
		byte[] bytes = { 'a', '\n', (byte) 0xE2, (byte) 0x82 };

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> read(bytes))
			.withMessageContaining("f.sql:2: The bytes at offset 2 ");
	}

	@Test
	void readWhenBadByteComesFarIntoTheFileNamesItsOffset() {
		byte[] bytes = "12345678\r\n".repeat(2000).getBytes(StandardCharsets.UTF_8);
		bytes[19_990] = (byte) 0xFF;

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> read(bytes))
			.withMessageContaining("f.sql:2000: The bytes at offset 19990 ");
	}

	@Test
	void readWhenBadByteLiesAtTheEndOfABufferNamesItsOffset() {
		for (int offset = 8185; offset < 8200; offset++) {
			byte[] bytes = ("\r\n" + "x".repeat(8200) + "€").getBytes(StandardCharsets.UTF_8);
			bytes[offset] = (byte) 0xE2;

			assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> read(bytes))
				.withMessageContaining("f.sql:2: The bytes at offset " + offset + " ");
		}
	}

	@Test
	void readAfterAFileThatWasNotReadToItsEndBeginsAnew() throws Exception {
		byte[] broken = ("x".repeat(9000) + "\r").getBytes(StandardCharsets.UTF_8);
		broken[8999] = (byte) 0xE2;
		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> read(broken));

		assertThat(read("\na".getBytes(StandardCharsets.UTF_8))).isEqualTo("\na");
		assertThat(checksum("\na".getBytes(StandardCharsets.UTF_8))).isEqualTo(sha256("\na"));
	}

	@Test
	void readWhenFileHoldsNulRefusesIt() {
		byte[] bytes = "-- UP\nSELECT 1".getBytes(StandardCharsets.UTF_16LE);

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> read(bytes))
			.withMessage(
					"f.sql:1: The file holds a NUL character, which PostgreSQL refuses. Save the file as UTF-8 text.");
	}

	private static String read(byte[] bytes) {
		try (NormalizedFileInput input = NormalizedFileInput.open("f.sql", () -> new ByteArrayInputStream(bytes),
				BUFFERS)) {
			StringBuilder text = new StringBuilder();
			char[] chars = new char[100];
			for (int length = input.read(chars, 3); length != -1; length = input.read(chars, 3)) {
				text.append(chars, 3, length);
			}
			return text.toString();
		}
	}

	private static String checksum(byte[] bytes) {
		try (NormalizedFileInput input = NormalizedFileInput.open("f.sql", () -> new ByteArrayInputStream(bytes),
				BUFFERS)) {
			return input.checksum().value();
		}
	}

	private static String sha256(String text) throws Exception {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	private static String unescape(String text) {
		return text.replace("\\r", "\r").replace("\\n", "\n");
	}

}
