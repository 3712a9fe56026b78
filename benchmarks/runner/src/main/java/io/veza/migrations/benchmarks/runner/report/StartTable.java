package io.veza.migrations.benchmarks.runner.report;

import java.util.Optional;

import io.veza.migrations.benchmarks.runner.scenario.ApplicationStart;
import io.veza.migrations.benchmarks.runner.scenario.Results;

/**
 * What each tool adds to the start of an application, as text.
 */
final class StartTable {

	private final Results results;

	StartTable(Results results) {
		this.results = results;
	}

	String text() {
		Findings findings = new Findings(this.results);
		Figure plain = findings.time(ApplicationStart.TITLE, ApplicationStart.PLAIN);
		MarkdownTable table = new MarkdownTable("", "until it accepts traffic, ms (min–max)", "added, ms");
		for (String subject : this.results.subjects(ApplicationStart.TITLE)) {
			Optional<String> failure = this.results.failure(ApplicationStart.TITLE, subject);
			Optional<Double> added = findings.time(ApplicationStart.TITLE, subject).minus(plain).first();
			table.row(subject, failure.map((reason) -> "failed: " + reason)
				.orElseGet(() -> TimeTables.millis(this.results.readings(ApplicationStart.TITLE, subject, true))),
					added.map(Figures::millis).orElse("–"));
		}
		return table.text();
	}

}
