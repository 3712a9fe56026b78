package io.veza.migrations.autoconfigure.rehearsal;

import java.util.List;

import io.veza.migrations.rehearsal.RehearsedSection;
import io.veza.migrations.rehearsal.StatementEffect;

/**
 * The statements of a section as bars in time, and below them the locks that they held.
 */
final class SectionTimeline {

	private static final int MAX_TABLES = 100;

	private SectionTimeline() {
	}

	static void add(Html html, String name, RehearsedSection section) {
		List<StatementEffect> statements = section.statements();
		if (statements.isEmpty()) {
			return;
		}
		TimeScale scale = new TimeScale(statements);
		html.open("table", "class", "timeline")
			.open("caption")
			.element("span", name + ": statements in time, and the locks on tables that were there before", "class",
					"unseen")
			.close("caption")
			.open("tbody")
			.open("tr")
			.element("th", "Statements", "scope", "row")
			.open("td")
			.open("div", "class", "track", "aria-hidden", "true");
		for (int i = 0; i < statements.size(); i++) {
			addBar(html, statements.get(i), scale.style(i, i + 1));
		}
		html.close("div")
			.element("span", statements.size() + " in " + RehearsalWords.duration(section.duration()), "class", "note")
			.close("td")
			.close("tr");
		LockSpan.of(section)
			.entrySet()
			.stream()
			.limit(MAX_TABLES)
			.forEach((entry) -> addTable(html, entry.getKey(), entry.getValue(), scale));
		html.close("tbody").close("table").line();
	}

	private static void addBar(Html html, StatementEffect statement, String style) {
		String title = "line " + statement.line() + ", " + RehearsalWords.duration(statement.duration()) + ": "
				+ ShownText.cut(statement.sql(), 200);
		html.element("span", Integer.toString(statement.number()), "class", "bar", "style", style, "title", title);
	}

	private static void addTable(Html html, String table, List<LockSpan> spans, TimeScale scale) {
		html.open("tr")
			.element("th", table, "scope", "row")
			.open("td")
			.open("div", "class", "track", "aria-hidden", "true");
		for (LockSpan span : spans) {
			html.element("span", span.lock().words(), "class", "bar " + Badges.style(span.lock()), "style",
					scale.style(span.from(), span.to()), "title", span.describe());
		}
		html.close("div");
		spans.forEach((span) -> html.element("span", span.describe(), "class", "note"));
		html.close("td").close("tr");
	}

}
