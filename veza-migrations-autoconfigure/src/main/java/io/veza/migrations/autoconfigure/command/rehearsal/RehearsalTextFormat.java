package io.veza.migrations.autoconfigure.command.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.Reversibility;
import io.veza.migrations.autoconfigure.command.OutputTextLines;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.rehearsal.report.RehearsalReportSummary;
import io.veza.migrations.rehearsal.report.RehearsalReportWords;
import io.veza.migrations.rehearsal.report.SectionEffectSummary;
import io.veza.migrations.rehearsal.report.SectionEffectSummary.TakenLock;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal as people read it.
 */
final class RehearsalTextFormat {

	private static final int MAX_OBJECTS = 6;

	private final OutputTextLines text = new OutputTextLines();

	private RehearsalTextFormat() {
	}

	static OutputTextLines of(RehearsalReport report) {
		RehearsalTextFormat writer = new RehearsalTextFormat();
		writer.text.line("Rehearsal of " + report.migrations().size() + " migration(s) in the scratch database \""
				+ report.database() + "\", PostgreSQL " + report.server() + ", in "
				+ RehearsalReportWords.duration(report.duration()));
		report.migrations().forEach(writer::addMigration);
		writer.addSummary(report);
		return writer.text;
	}

	private void addMigration(RehearsedMigration migration) {
		this.text.line("")
			.line(migration.migration().version() + " " + migration.migration().description() + ": "
					+ RehearsalReportWords.verdict(migration));
		this.text.indented(1, RehearsalReportWords.kinds(migration) + "; " + times(migration));
		addSection("UP", migration.up());
		if (migration.down() != null) {
			addSection("DOWN", migration.down());
		}
		if (migration.secondTime() == SecondTime.DIFFERENT || migration.secondTime() == SecondTime.FAILED) {
			this.text.indented(1, RehearsalReportWords.secondTime(migration.secondTime()));
			addFailure(migration.again());
		}
		addIndented("not restored:", migration.notRestored().stream().map(CatalogDifference::describe).toList());
		addIndented("rows that UP and DOWN have changed:",
				migration.data().stream().map(RowDifference::describe).toList());
		migration.findings().forEach((finding) -> FindingTextFormat.add(this.text, migration, finding));
	}

	private static String times(RehearsedMigration migration) {
		List<String> times = new ArrayList<>(List.of("UP " + RehearsalReportWords.duration(migration.up().duration())));
		if (migration.down() != null) {
			times.add("DOWN " + RehearsalReportWords.duration(migration.down().duration()));
		}
		if (migration.again() != null) {
			times.add("UP again " + RehearsalReportWords.duration(migration.again().duration()));
		}
		return String.join(", ", times);
	}

	private void addSection(String name, RehearsedSection section) {
		SectionEffectSummary effects = new SectionEffectSummary(section);
		if (name.equals("UP")) {
			addNames("created", effects.created());
			addNames("changed", effects.changed());
			addNames("dropped", effects.dropped());
		}
		addIndented(name + " locks tables that were there before:",
				effects.locks(LockMode.SHARE_UPDATE_EXCLUSIVE).stream().map(RehearsalTextFormat::describe).toList());
		addNames(name + " rewrites", effects.rewritten());
		addNames(name + " empties", effects.truncated());
		addNames(name + " reads from end to end", effects.scanned());
		addNames(name + " writes rows", effects.rows());
		addFailure(section);
	}

	private void addFailure(@Nullable RehearsedSection section) {
		if (section != null && section.failure() != null) {
			this.text.indented(2, section.failure().describe());
		}
	}

	private static String describe(TakenLock lock) {
		String waiting = RehearsalReportWords.waiting(lock.relation().lock());
		return "line " + lock.statement().line() + ": " + lock.relation().lock().words() + " on "
				+ lock.relation().relation() + (waiting.isEmpty() ? "" : " (" + waiting + ")");
	}

	private void addNames(String title, List<String> names) {
		if (!names.isEmpty()) {
			String more = (names.size() > MAX_OBJECTS) ? " and " + (names.size() - MAX_OBJECTS) + " more" : "";
			this.text.indented(1,
					title + ": " + names.stream().limit(MAX_OBJECTS).collect(Collectors.joining(", ")) + more);
		}
	}

	private void addIndented(String title, List<String> lines) {
		if (!lines.isEmpty()) {
			this.text.indented(1, title);
			lines.forEach((line) -> this.text.indented(2, line));
		}
	}

	private void addSummary(RehearsalReport report) {
		RehearsalReportSummary summary = RehearsalReportSummary.of(report);
		this.text.line("");
		if (!report.notRun().isEmpty()) {
			this.text.line("Not reached: "
					+ report.notRun().stream().map(MigrationVersion::text).collect(Collectors.joining(", ")));
		}
		this.text.line(summary.migrations() + " migration(s)" + verdicts(summary));
		this.text.line("Findings: " + summary.count(Severity.ERROR) + " error(s), " + summary.count(Severity.WARNING)
				+ " warning(s), " + summary.count(Severity.ADVICE) + " advice, " + summary.accepted() + " accepted");
		this.text.line(outcome(summary));
	}

	private static String outcome(RehearsalReportSummary summary) {
		if (summary.migrations() == 0) {
			return "Nothing to rehearse: no migration is pending. "
					+ "With veza.migrations.rehearsal.migrations=all, those that are applied are rehearsed, too.";
		}
		return (summary.count(Severity.ERROR) > 0)
				? "Failed: settle each finding of severity error, or accept it in its file with a reason."
				: "Passed: no finding is an error.";
	}

	private static String verdicts(RehearsalReportSummary summary) {
		String verdicts = Stream.of(Reversibility.values())
			.filter((verdict) -> summary.count(verdict) > 0)
			.map((verdict) -> summary.count(verdict) + " × " + RehearsalReportWords.verdict(verdict))
			.collect(Collectors.joining(", "));
		String irreversible = (summary.irreversible() > 0) ? summary.irreversible() + " × irreversible" : "";
		String all = Stream.of(verdicts, irreversible)
			.filter((part) -> !part.isEmpty())
			.collect(Collectors.joining(", "));
		return all.isEmpty() ? "" : ": " + all;
	}

}
