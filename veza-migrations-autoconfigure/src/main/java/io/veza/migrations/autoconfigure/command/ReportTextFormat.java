package io.veza.migrations.autoconfigure.command;

import java.util.List;

import io.veza.migrations.Backup;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.RollbackVerification;
import org.springframework.util.StringUtils;

/**
 * A report as people read it.
 */
final class ReportTextFormat {

	private ReportTextFormat() {
	}

	static OutputTextLines of(MigrationReport report) {
		OutputTextLines text = new OutputTextLines().line(StringUtils.capitalize(summary(report)) + ".");
		addDetails(text, report);
		Backup backup = report.backup();
		if (backup != null) {
			backup.kept().forEach((kept) -> text.indented(1, kept.describe()));
		}
		return text.list("Warnings", report.warnings());
	}

	/**
	 * Return the steps of a rollback that has ended.
	 * @param report the report
	 * @return what was kept, done and left, and the warnings
	 */
	static OutputTextLines steps(MigrationReport report) {
		OutputTextLines text = new OutputTextLines();
		Backup backup = report.backup();
		if (backup != null) {
			addStep(text, "[ok] backup: ", backup.describe());
		}
		addDetails(text.line("[ok] rollback: " + summary(report)), report);
		RollbackVerification verification = report.verification();
		if (verification != null) {
			String mark = switch (verification.restored()) {
				case EXACT, EXCEPT_COLUMN_ORDER -> "[ok]";
				case UNKNOWN -> "[unknown]";
				case NO -> "[differs]";
			};
			addStep(text, mark + " verification: ", verification.describe());
		}
		return text.list("Warnings", report.warnings());
	}

	private static void addStep(OutputTextLines text, String step, String description) {
		List<String> lines = description.lines().toList();
		text.line(step + lines.get(0));
		lines.stream().skip(1).forEach((line) -> text.indented(1, line));
	}

	/**
	 * Return what was done in a few words.
	 * @param report the report
	 * @return words without a full stop
	 */
	static String summary(MigrationReport report) {
		int count = report.migrations().size();
		return (count == 0) ? "nothing to do" : done(report.operation()) + " " + count + " migration(s)";
	}

	private static void addDetails(OutputTextLines text, MigrationReport report) {
		report.migrations()
			.forEach((done) -> text.indented(1,
					done.version() + " " + done.description() + " in " + done.duration().toMillis() + " ms"));
	}

	private static String done(MigrationOperation operation) {
		return switch (operation) {
			case MIGRATE -> "applied";
			case ROLLBACK -> "reverted";
			case REPAIR -> "settled";
			case BASELINE -> "recorded as applied";
			case RESTORE -> "restored";
		};
	}

}
