package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.Finding;
import io.veza.migrations.autoconfigure.rehearsal.RehearsalWords;
import io.veza.migrations.rehearsal.RehearsedMigration;

/**
 * A finding of a rehearsal as people read it.
 */
final class FindingText {

	private static final int WIDTH = 160;

	private FindingText() {
	}

	static void add(TextLines text, RehearsedMigration migration, Finding finding) {
		String accepted = finding.accepted();
		if (accepted != null) {
			text.indented(1, "[accepted] " + finding.code() + " at " + RehearsalWords.place(finding) + ": " + accepted);
			return;
		}
		text.indented(1,
				"[" + finding.severity().id() + "] " + finding.code() + " at " + RehearsalWords.place(finding));
		RehearsalWords.sourceLine(migration, finding).ifPresent((line) -> text.indented(3, shortened(line)));
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
