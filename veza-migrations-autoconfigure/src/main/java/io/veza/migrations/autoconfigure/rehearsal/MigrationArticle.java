package io.veza.migrations.autoconfigure.rehearsal;

import java.util.List;

import io.veza.migrations.Finding;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.rehearsal.DataDifference;
import io.veza.migrations.rehearsal.RehearsedMigration;
import io.veza.migrations.rehearsal.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.RehearsedSection;
import org.jspecify.annotations.Nullable;

/**
 * All about a migration that was rehearsed.
 */
final class MigrationArticle {

	private final Html html;

	private final RehearsedMigration migration;

	private MigrationArticle(Html html, RehearsedMigration migration) {
		this.html = html;
		this.migration = migration;
	}

	static void add(Html html, RehearsedMigration migration, boolean open) {
		html.open("details",
				open ? new String[] { "class", "migration", "open", "" } : new String[] { "class", "migration" });
		MigrationArticle article = new MigrationArticle(html, migration);
		article.addSummary();
		article.addBody();
		html.close("details").line();
	}

	private void addSummary() {
		this.html.open("summary").open("h3");
		this.html.element("span", this.migration.migration().version().text(), "class", "version").text(" ");
		this.html.element("span", this.migration.migration().description(), "class", "name").close("h3").text(" ");
		Badges.add(this.html, this.migration);
		this.html.text(" ");
		OverviewTable.addCounts(this.html, this.migration.findings());
		this.html.close("summary");
	}

	private void addBody() {
		this.html.open("div", "class", "body", "id", RehearsalPage.id(this.migration));
		this.html.open("p", "class", "facts").element("code", this.migration.migration().file());
		this.html.text(" · " + RehearsalWords.kinds(this.migration) + " · " + times() + secondTime()).close("p");
		addFindings();
		addDifferences("Not restored by the DOWN", "How it was before the UP, and how it is after the DOWN.", true,
				DifferenceList.of(this.migration.notRestored()));
		addData();
		addSection("UP", this.migration.up());
		addSection("DOWN", this.migration.down());
		addSection("UP again", this.migration.again());
		addDifferences("Changes of the schema by the UP", "How it was before the UP, and how it is after it.", false,
				DifferenceList.of(this.migration.up().changes()));
		addSql("UP", this.migration.up());
		addSql("DOWN", this.migration.down());
		this.html.close("div");
	}

	private String times() {
		RehearsedSection down = this.migration.down();
		String up = "UP " + RehearsalWords.duration(this.migration.up().duration());
		return (down != null) ? up + ", DOWN " + RehearsalWords.duration(down.duration()) : up;
	}

	private String secondTime() {
		SecondTime secondTime = this.migration.secondTime();
		return (secondTime == SecondTime.NOT_RUN) ? "" : " · " + RehearsalWords.secondTime(secondTime);
	}

	private void addFindings() {
		List<Finding> findings = this.migration.findings();
		if (!findings.isEmpty()) {
			this.html.element("h4", "Findings");
			findings.forEach((finding) -> FindingCard.add(this.html, this.migration, finding));
		}
	}

	private void addDifferences(String title, String caption, boolean open, DifferenceList differences) {
		if (differences.isEmpty()) {
			return;
		}
		this.html.open("details", open ? new String[] { "open", "" } : new String[0])
			.element("summary", title + " (" + differences.size() + ")");
		differences.add(this.html, caption);
		this.html.close("details");
	}

	private void addData() {
		if (!this.migration.data().isEmpty()) {
			this.html.element("h4", "Rows that UP and DOWN together have changed").open("ul");
			this.migration.data().stream().map(DataDifference::describe).forEach((row) -> this.html.element("li", row));
			this.html.close("ul");
		}
	}

	private void addSection(String name, @Nullable RehearsedSection section) {
		if (section == null) {
			return;
		}
		this.html.open("h4").text(name + " ");
		this.html
			.element("small",
					RehearsalWords.duration(section.duration()) + ", "
							+ (section.transactional() ? "in one transaction" : "statement by statement"))
			.close("h4");
		SqlFailure failure = section.failure();
		if (failure != null) {
			this.html.element("pre", failure.describe(), "class", "failure");
		}
		SectionTimeline.add(this.html, name, section);
	}

	private void addSql(String name, @Nullable RehearsedSection section) {
		if (section != null && !section.statements().isEmpty()) {
			this.html.open("details")
				.element("summary", "SQL of the " + name + " (" + section.statements().size() + ")");
			SqlListing.add(this.html, section.statements());
			this.html.close("details");
		}
	}

}
