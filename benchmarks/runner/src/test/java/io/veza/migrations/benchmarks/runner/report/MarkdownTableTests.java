package io.veza.migrations.benchmarks.runner.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MarkdownTable}.
 */
class MarkdownTableTests {

	@Test
	void figuresStandOnTheRight() {
		assertThat(new MarkdownTable("", "ms").row("a", "1").text()).isEqualTo("""
				|  | ms |
				| --- | --: |
				| a | 1 |
				""");
	}

	@Test
	void messageOfAToolDoesNotBreakTheTable() {
		assertThat(new MarkdownTable("").row("a | b\n<c>").text()).endsWith("| a \\| b &lt;c> |\n");
	}

}
