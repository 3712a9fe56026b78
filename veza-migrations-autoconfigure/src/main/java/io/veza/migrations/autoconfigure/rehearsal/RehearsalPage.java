package io.veza.migrations.autoconfigure.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.RehearsedMigration;

import org.springframework.core.io.ClassPathResource;

/**
 * A rehearsal as one page that needs nothing else.
 */
final class RehearsalPage {

	/** A page with few migrations shows them at once. */
	private static final int MAX_OPEN = 3;

	private final Html html = new Html();

	private final RehearsalReport report;

	private RehearsalPage(RehearsalReport report) {
		this.report = report;
	}

	/**
	 * Return the page of a rehearsal.
	 * @param report what it has shown
	 * @return the HTML
	 */
	static String of(RehearsalReport report) {
		RehearsalPage page = new RehearsalPage(report);
		page.addAll();
		return resource("rehearsal-report.html").replace("{{style}}", resource("rehearsal-report.css"))
			.replace("{{content}}", page.html.toString());
	}

	private void addAll() {
		addHeader();
		this.html.open("main");
		RehearsalSummary summary = RehearsalSummary.of(this.report);
		SummaryTiles.add(this.html, summary);
		if (!this.report.notRun().isEmpty()) {
			this.html.element("p", "Not reached, because a migration before them cannot be applied: "
					+ this.report.notRun().stream().map(MigrationVersion::text).collect(Collectors.joining(", ")) + ".",
					"class", "notice");
		}
		OverviewTable.add(this.html, this.report);
		addMigrations();
		this.html.close("main");
	}

	private void addHeader() {
		String prepared = this.report.prepared().isEmpty() ? ""
				: " · after " + this.report.prepared().size() + " applied before";
		this.html.open("header")
			.element("h1", "Rehearsal of migrations")
			.element("p",
					"PostgreSQL " + this.report.server() + " · scratch database " + this.report.database() + " · "
							+ this.report.startedAt().truncatedTo(ChronoUnit.SECONDS) + " · took "
							+ RehearsalWords.duration(this.report.duration()) + prepared,
					"class", "facts")
			.close("header")
			.line();
	}

	private void addMigrations() {
		this.html.open("section", "aria-labelledby", "migrations")
			.open("div", "class", "heading")
			.element("h2", "Migrations", "id", "migrations")
			.element("button", "Expand all", "type", "button", "id", "toggle", "hidden", "")
			.close("div");
		boolean open = this.report.migrations().size() <= MAX_OPEN;
		for (RehearsedMigration migration : this.report.migrations()) {
			MigrationArticle.add(this.html, migration, open);
		}
		this.html.close("section");
	}

	/**
	 * Return what refers to a migration in the page.
	 * @param migration the migration
	 * @return the id
	 */
	static String id(RehearsedMigration migration) {
		return "m-" + migration.migration().version().text();
	}

	private static String resource(String name) {
		try {
			return new ClassPathResource(name, RehearsalPage.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
