package io.veza.migrations.autoconfigure.rehearsal;

import io.veza.migrations.Finding;
import io.veza.migrations.rehearsal.RehearsedMigration;

/**
 * A finding on the page.
 */
final class FindingCard {

	private FindingCard() {
	}

	static void add(Html html, RehearsedMigration migration, Finding finding) {
		String accepted = finding.accepted();
		String severity = (accepted != null) ? "accepted" : finding.severity().id();
		html.open("article", "class", "finding " + severity).open("h5");
		html.element("span", severity, "class", "badge " + severity).text(" ").element("code", finding.code());
		html.close("h5").element("p", RehearsalWords.place(finding), "class", "place");
		RehearsalWords.sourceLine(migration, finding)
			.ifPresent((line) -> html.element("pre", ShownText.cut(line.strip(), 300), "class", "source"));
		html.element("p", finding.message());
		if (accepted != null) {
			html.open("p").element("strong", "Accepted: ").text(accepted).close("p");
		}
		else {
			html.open("p").element("strong", "In production: ").text(finding.consequence()).close("p");
			if (!finding.rewrite().isBlank()) {
				html.element("p", "Instead:", "class", "instead").element("pre", finding.rewrite(), "class", "rewrite");
			}
		}
		html.close("article").line();
	}

}
