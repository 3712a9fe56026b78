package io.veza.migrations.autoconfigure.rehearsal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.Finding;
import io.veza.migrations.Finding.Severity;
import io.veza.migrations.rehearsal.LockMode;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.RehearsedMigration;
import io.veza.migrations.rehearsal.RehearsedSection;
import org.jspecify.annotations.Nullable;

/**
 * The list of the migrations of a rehearsal.
 */
final class OverviewTable {

	private static final List<String> HEAD = List.of("Version", "Description", "Verdict", "Kinds", "UP", "DOWN",
			"Strongest lock of UP", "Findings");

	private OverviewTable() {
	}

	static void add(Html html, RehearsalReport report) {
		html.open("section", "aria-labelledby", "overview").element("h2", "Overview", "id", "overview");
		html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-labelledby", "overview");
		html.open("table", "class", "overview")
			.element("caption", "Every migration with its verdict. The version leads to the details.")
			.open("thead")
			.open("tr");
		HEAD.forEach((title) -> html.element("th", title, "scope", "col"));
		html.close("tr").close("thead").open("tbody");
		report.migrations().forEach((migration) -> addRow(html, migration));
		html.close("tbody").close("table").close("div").close("section").line();
	}

	private static void addRow(Html html, RehearsedMigration migration) {
		html.open("tr").open("th", "scope", "row");
		html.element("a", migration.migration().version().text(), "href", "#" + RehearsalPage.id(migration))
			.close("th");
		html.element("td", migration.migration().description(), "class", "name").open("td");
		Badges.add(html, migration);
		html.close("td").element("td", RehearsalWords.kinds(migration));
		html.element("td", duration(migration.up()), "class", "number");
		html.element("td", duration(migration.down()), "class", "number").open("td");
		strongestLock(migration.up())
			.ifPresent((lock) -> html.element("span", lock.words(), "class", "badge " + Badges.style(lock)));
		html.close("td").open("td", "class", "findings");
		addCounts(html, migration.findings());
		html.close("td").close("tr").line();
	}

	static Optional<LockMode> strongestLock(RehearsedSection section) {
		return new SectionEffects(section).locks(LockMode.SHARE_UPDATE_EXCLUSIVE)
			.stream()
			.map((lock) -> lock.relation().lock())
			.max(Comparator.naturalOrder());
	}

	static void addCounts(Html html, List<Finding> findings) {
		for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.ADVICE)) {
			int count = (int) findings.stream()
				.filter((finding) -> finding.accepted() == null && finding.severity() == severity)
				.count();
			if (count > 0) {
				Badges.add(html, severity, count);
				html.text(" ");
			}
		}
	}

	private static String duration(@Nullable RehearsedSection section) {
		return (section != null) ? RehearsalWords.duration(section.duration()) : "–";
	}

}
