package io.veza.migrations.actuate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CutTextTests {

	@Test
	void ofWhenShortKeepsText() {
		assertThat(CutText.of("SELECT 1", 8)).isEqualTo(new CutText("SELECT 1", false));
	}

	@Test
	void ofWhenLongCutsText() {
		assertThat(CutText.of("SELECT 1", 6)).isEqualTo(new CutText("SELECT", true));
	}

	@Test
	void ofWhenLimitSplitsCharacterLeavesItOut() {
		assertThat(CutText.of("a\uD83D\uDE00b", 2)).isEqualTo(new CutText("a", true));
	}

	@Test
	void ofWithoutLimitCutsAt256KB() {
		CutText cut = CutText.of("x".repeat(256 * 1024 + 1));

		assertThat(cut.truncated()).isTrue();
		assertThat(cut.text()).hasSize(256 * 1024);
	}

}
