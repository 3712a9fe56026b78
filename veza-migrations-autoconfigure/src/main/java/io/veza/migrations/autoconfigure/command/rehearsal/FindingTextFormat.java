package io.veza.migrations.autoconfigure.command.rehearsal;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.autoconfigure.command.OutputTextLines;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.report.RehearsalReportWords;

/**
 * A finding of a rehearsal as people read it.
 */
final class FindingTextFormat {

	private static final int WIDTH = 160;

	private FindingTextFormat() {
	}

	static void add(OutputTextLines text, RehearsedMigration migration, RehearsalFinding finding) {
		String accepted = finding.accepted();
		if (accepted != null) {
			text.indented(1,
					"[accepted] " + finding.code() + " at " + RehearsalReportWords.place(finding) + ": " + accepted);
			return;
		}
		text.indented(1,
				"[" + finding.severity().id() + "] " + finding.code() + " at " + RehearsalReportWords.place(finding));
		RehearsalReportWords.sourceLine(migration, finding).ifPresent((line) -> text.indented(3, shortened(line)));
		text.indented(2, finding.message());
		text.indented(2, finding.consequence());
		if (!finding.rewrite().isBlank()) {
			text.indented(2, "Instead:").indented(3, finding.rewrite());
		}
	}

	private static String shortened(String line) {
		String shown = line.strip();
		return (shown.length() > WIDTH) ? shown.substring(0, WIDTH) + " …" : shown;
	}

}
