package io.veza.migrations.benchmarks.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars beside each other, as SVG that can be read on a light and on a dark page.
 */
final class BarChart {

	private static final int WIDTH = 640;

	private static final int LABELS = 170;

	private static final int LONGEST = 380;

	private static final int LINE = 26;

	private static final int TOP = 36;

	private static final String HEAD = """
			<svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
			<title>%3$s</title>
			<style>
			text { font: 13px system-ui, sans-serif; fill: #1f2328; }
			.title { font-weight: 600; }
			.bar { fill: #8c959f; }
			.own { fill: #0969da; }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3; }
			.bar { fill: #6e7681; }
			.own { fill: #4493f8; }
			}
			</style>
			<text class="title" x="0" y="16">%3$s</text>
			""";

	private static final String BAR = """
			<text x="%d" y="%d" text-anchor="end">%s</text>
			<rect class="%s" x="%d" y="%d" width="%s" height="16" rx="2"/>
			<text x="%s" y="%d">%s</text>
			""";

	private final String title;

	private final List<Bar> bars = new ArrayList<>();

	BarChart(String title) {
		this.title = title;
	}

	/**
	 * Add a bar.
	 * @param label whose it is
	 * @param value how long it is, at least 0
	 * @param text the value as readers want it
	 * @param own whether it is ours
	 * @return this chart
	 */
	BarChart bar(String label, double value, String text, boolean own) {
		this.bars.add(new Bar(label, Math.max(value, 0), text, own));
		return this;
	}

	boolean isEmpty() {
		return this.bars.isEmpty();
	}

	String svg() {
		double greatest = this.bars.stream().mapToDouble(Bar::value).max().orElse(1);
		double scale = (greatest > 0) ? LONGEST / greatest : 0;
		StringBuilder svg = new StringBuilder(HEAD.formatted(WIDTH, TOP + LINE * this.bars.size(), escape(this.title)));
		for (int i = 0; i < this.bars.size(); i++) {
			svg.append(bar(this.bars.get(i), TOP + LINE * i, scale));
		}
		return svg.append("</svg>\n").toString();
	}

	private static String bar(Bar bar, int y, double scale) {
		double width = Math.max(bar.value * scale, 1);
		return BAR.formatted(LABELS - 10, y + 13, escape(bar.label), bar.own ? "own" : "bar", LABELS, y, number(width),
				number(LABELS + width + 6), y + 13, escape(bar.text));
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	private record Bar(String label, double value, String text, boolean own) {
	}

}
