package io.veza.migrations.backup.copy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ByteSizeTests {

	@ParameterizedTest
	@CsvSource({ "0, 0 bytes", "1023, 1023 bytes", "1024, 1 kB", "1536, 1.5 kB", "1073741824, 1 GB",
			"1181116006, 1.1 GB", "9223372036854775807, 8 EB" })
	void bytesAreShownInTheUnitThatFits(long bytes, String text) {
		assertThat(new ByteSize(bytes)).hasToString(text);
	}

}
