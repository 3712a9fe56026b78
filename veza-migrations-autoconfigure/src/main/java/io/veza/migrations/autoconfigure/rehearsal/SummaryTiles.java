package io.veza.migrations.autoconfigure.rehearsal;

import io.veza.migrations.Finding.Severity;
import io.veza.migrations.Reversibility;

import org.springframework.util.StringUtils;

/**
 * The numbers of a rehearsal at the top of its page.
 */
final class SummaryTiles {

	private SummaryTiles() {
	}

	static void add(Html html, RehearsalSummary summary) {
		int errors = summary.count(Severity.ERROR);
		html.open("section", "aria-labelledby", "summary").element("h2", "Summary", "id", "summary");
		html.element("p",
				(errors > 0) ? "✗ Failed: " + errors + " " + Badges.plural(Severity.ERROR, errors) + " to settle."
						: "✓ Passed: no finding is an error.",
				"class", (errors > 0) ? "outcome bad" : "outcome good");
		html.open("dl", "class", "tiles");
		add(html, "Migrations", summary.migrations(), "neutral");
		add(html, "Restore exactly", summary.count(Reversibility.EXACT), "good");
		add(html, "All but column order", summary.count(Reversibility.EXCEPT_COLUMN_ORDER), "near");
		add(html, "Do not restore", summary.count(Reversibility.NO), "bad");
		add(html, "DOWN fails", summary.count(Reversibility.DOWN_FAILED), "bad");
		addUnlessNone(html, "UP fails", summary.count(Reversibility.UP_FAILED), "bad");
		addUnlessNone(html, "All but white space", summary.count(Reversibility.EXCEPT_WHITE_SPACE), "near");
		addUnlessNone(html, "Irreversible", summary.irreversible(), "neutral");
		for (Severity severity : new Severity[] { Severity.ERROR, Severity.WARNING, Severity.ADVICE }) {
			add(html, StringUtils.capitalize(Badges.plural(severity, 2)), summary.count(severity), severity.id());
		}
		addUnlessNone(html, "Accepted", summary.accepted(), "neutral");
		html.close("dl").close("section").line();
	}

	private static void addUnlessNone(Html html, String label, int count, String style) {
		if (count > 0) {
			add(html, label, count, style);
		}
	}

	private static void add(Html html, String label, int count, String style) {
		html.open("div", "class", (count > 0) ? "tile " + style : "tile none")
			.element("dt", label)
			.element("dd", Integer.toString(count))
			.close("div");
	}

}
