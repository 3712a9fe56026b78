package io.veza.migrations.benchmarks.runner.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table. The first column holds text, all others hold figures.
 */
final class MarkdownTable {

	private final List<List<String>> rows = new ArrayList<>();

	MarkdownTable(String... head) {
		this.rows.add(List.of(head));
		List<String> alignment = new ArrayList<>(List.of("---"));
		for (int i = 1; i < head.length; i++) {
			alignment.add("--:");
		}
		this.rows.add(alignment);
	}

	MarkdownTable row(String... cells) {
		this.rows.add(List.of(cells));
		return this;
	}

	String text() {
		StringBuilder text = new StringBuilder();
		for (List<String> row : this.rows) {
			text.append("| ").append(String.join(" | ", row.stream().map(MarkdownTable::cell).toList())).append(" |\n");
		}
		return text.toString();
	}

	/** A message of a tool may hold anything. */
	private static String cell(String text) {
		return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\s+", " ");
	}

}
