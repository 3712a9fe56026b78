package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PgDumpErrors} and {@link PgDumpAdvice}.
 */
class PgDumpErrorsTests {

	private final PgDumpErrors errors = new PgDumpErrors();

	@Test
	void textBeginsWithTheFirstError() throws IOException {
		say("pg_dump: reading tables\npg_dump: error: query failed\npg_dump: detail: é\n");

		assertThat(this.errors.text()).isEqualTo("query failed\npg_dump: detail: é");
	}

	@Test
	void textWhenThereIsNoErrorIsAll() throws IOException {
		say("Segmentation fault\n");

		assertThat(this.errors.text()).isEqualTo("Segmentation fault");
	}

	@Test
	void textWhenThereIsMuchIsItsLastWholeLines() throws IOException {
		say("x".repeat(5000) + "\npg_dump: reading\nthe end");

		assertThat(this.errors.text()).isEqualTo("pg_dump: reading\nthe end");
	}

	@Test
	void quoteIsOneLineOfLimitedLength() {
		assertThat(PgDumpAdvice.quote("query failed:\n  pg_dump: detail:   x\n"))
			.isEqualTo("\"query failed: detail: x\"");
		assertThat(PgDumpAdvice.quote("x".repeat(3000))).hasSize(1003).endsWith("…\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			could not write to file: No space left on device      | Free some space
			ERROR: permission denied for table users              | Give the user that migrates the right to read it
			ERROR: query would be affected by row-level security policy for table | Let an owner of the table
			ERROR: canceling statement due to lock timeout        | Wait for the session that holds the lock
			FATAL: password authentication failed for user "ann"  | Set veza.migrations.url, username and password
			fe_sendauth: no password supplied                     | Set veza.migrations.url, username and password
			something else                                        | Correct that, or choose another
			""")
	void adviceFitsTheError(String error, String advice) {
		assertThat(PgDumpAdvice.of(error)).startsWith(advice);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0 bytes", "10239, 10239 bytes", "10240, 10 kB", "16384, 16 kB", "1073741824, 1024 MB" })
	void sizeIsWrittenAsPostgresqlWritesIt(long bytes, String text) {
		assertThat(PgDumpSize.text(bytes)).isEqualTo(text);
	}

	private void say(String text) throws IOException {
		this.errors.write(text.getBytes(StandardCharsets.UTF_8));
	}

}
