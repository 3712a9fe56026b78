package io.veza.migrations.actuate.descriptor;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TruncatedTextTests {

	@Test
	void ofWhenShortKeepsText() {
		assertThat(TruncatedText.of("SELECT 1", 8)).isEqualTo(new TruncatedText("SELECT 1", false));
	}

	@Test
	void ofWhenLongCutsText() {
		assertThat(TruncatedText.of("SELECT 1", 6)).isEqualTo(new TruncatedText("SELECT", true));
	}

	@Test
	void ofWhenLimitSplitsCharacterLeavesItOut() {
		assertThat(TruncatedText.of("a\uD83D\uDE00b", 2)).isEqualTo(new TruncatedText("a", true));
	}

	@Test
	void ofWithoutLimitCutsAt256KB() {
		TruncatedText cut = TruncatedText.of("x".repeat(256 * 1024 + 1));

		assertThat(cut.truncated()).isTrue();
		assertThat(cut.text()).hasSize(256 * 1024);
	}

}
