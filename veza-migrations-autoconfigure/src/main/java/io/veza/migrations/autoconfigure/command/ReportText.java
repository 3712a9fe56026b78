package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;

/**
 * A report as people read it.
 */
final class ReportText {

	private ReportText() {
	}

	static TextLines of(MigrationReport report) {
		TextLines text = new TextLines().line(summary(report) + ".");
		return addDetails(text, report);
	}

	/**
	 * Return the report without its first line.
	 * @param report the report
	 * @return what was done to each migration, and the warnings
	 */
	static TextLines details(MigrationReport report) {
		return addDetails(new TextLines(), report);
	}

	/**
	 * Return what was done in a few words.
	 * @param report the report
	 * @return words without a full stop
	 */
	static String summary(MigrationReport report) {
		int count = report.migrations().size();
		return (count == 0) ? "Nothing to do" : done(report.operation()) + " " + count + " migration(s)";
	}

	private static TextLines addDetails(TextLines text, MigrationReport report) {
		report.migrations()
			.forEach((done) -> text.indented(1,
					done.version() + " " + done.description() + " in " + done.duration().toMillis() + " ms"));
		return text.list("Warnings", report.warnings());
	}

	private static String done(MigrationOperation operation) {
		return switch (operation) {
			case MIGRATE -> "Applied";
			case ROLLBACK -> "Took back";
			case REPAIR -> "Settled";
			case BASELINE -> "Recorded as applied";
			case RESTORE -> "Restored";
		};
	}

}
