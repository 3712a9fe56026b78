package io.veza.migrations.autoconfigure.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.veza.migrations.rehearsal.RelationEffect;
import io.veza.migrations.rehearsal.StatementEffect;
import io.veza.migrations.rehearsal.StatementEffect.Observation;

/**
 * The SQL of a section with the numbers of its lines, and what each statement did.
 */
final class SqlListing {

	private static final int MAX_STATEMENTS = 300;

	private static final int MAX_SQL = 10_000;

	private SqlListing() {
	}

	static void add(Html html, List<StatementEffect> statements) {
		html.open("ol", "class", "statements");
		statements.stream().limit(MAX_STATEMENTS).forEach((statement) -> add(html, statement));
		html.close("ol");
		if (statements.size() > MAX_STATEMENTS) {
			html.element("p", "… and " + (statements.size() - MAX_STATEMENTS) + " more statements.");
		}
	}

	private static void add(Html html, StatementEffect statement) {
		html.open("li").open("pre", "class", "sql");
		String sql = " ".repeat(statement.column() - 1) + ShownText.cut(statement.sql(), MAX_SQL);
		AtomicInteger line = new AtomicInteger(statement.line());
		sql.lines()
			.forEach(
					(text) -> html.element("span", text, "data-line", Integer.toString(line.getAndIncrement())).line());
		html.close("pre");
		String cut = (statement.sql().length() > MAX_SQL) ? ", the rest of its text is left out" : "";
		String observation = (statement.observation() == Observation.DOCUMENTED)
				? ", locks as documented, because they were gone when it ended" : "";
		html.element("p", RehearsalWords.duration(statement.duration()) + cut + observation, "class", "note");
		addEffects(html, statement.relations());
		html.close("li").line();
	}

	private static void addEffects(Html html, List<RelationEffect> relations) {
		if (!relations.isEmpty()) {
			html.open("ul", "class", "effects");
			relations.forEach((relation) -> html.open("li")
				.text(relation.kind().words() + " ")
				.element("code", relation.relation())
				.text(": " + String.join(", ", words(relation)))
				.close("li"));
			html.close("ul");
		}
	}

	private static List<String> words(RelationEffect relation) {
		List<String> words = new ArrayList<>();
		words.add((relation.lockTaken() ? "took " : "held ") + relation.lock().words());
		if (!relation.existed()) {
			words.add("new in this section");
		}
		if (relation.rewritten()) {
			words.add("rewritten");
		}
		if (relation.truncated()) {
			words.add("emptied");
		}
		if (relation.scans() > 0) {
			words.add("read from end to end " + relation.scans() + " time(s), " + relation.rowsRead() + " row(s)");
		}
		addCount(words, relation.rowsInserted(), "inserted");
		addCount(words, relation.rowsUpdated(), "updated");
		addCount(words, relation.rowsDeleted(), "deleted");
		return words;
	}

	private static void addCount(List<String> words, long count, String what) {
		if (count > 0) {
			words.add(count + " row(s) " + what);
		}
	}

}
