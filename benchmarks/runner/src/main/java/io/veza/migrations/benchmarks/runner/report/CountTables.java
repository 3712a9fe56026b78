package io.veza.migrations.benchmarks.runner.report;

import java.util.List;
import java.util.Optional;

import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.runner.proxy.Traffic;
import io.veza.migrations.benchmarks.runner.scenario.Counting;
import io.veza.migrations.benchmarks.runner.scenario.Results;

/**
 * What went over the wire, as text.
 */
final class CountTables {

	private final Results results;

	CountTables(Results results) {
		this.results = results;
	}

	String text(List<String> titles) {
		StringBuilder text = new StringBuilder();
		for (String title : titles) {
			text.append("### ")
				.append(title.substring(Counting.PREFIX.length()))
				.append("\n\n")
				.append(table(title).text())
				.append('\n');
		}
		return text.toString();
	}

	private MarkdownTable table(String scenario) {
		MarkdownTable table = new MarkdownTable("", "round trips", "beyond connection set-up", "connections",
				"statements", "KB sent", "KB received", "MB allocated");
		for (String subject : this.results.subjects(scenario)) {
			Optional<Traffic> traffic = this.results.traffic(scenario, subject);
			if (traffic.isPresent()) {
				row(table, subject, traffic.get(), allocated(scenario, subject));
			}
			else {
				table.row(subject, "failed: " + this.results.failure(scenario, subject).orElse("not measured"), "", "",
						"", "", "", "");
			}
		}
		return table;
	}

	private double allocated(String scenario, String subject) {
		return this.results.readings(scenario, subject, true).stream().mapToDouble(Reading::allocated).max().orElse(0);
	}

	private static void row(MarkdownTable table, String subject, Traffic traffic, double allocated) {
		table.row(subject, Figures.whole(traffic.roundTrips()), Figures.whole(traffic.roundTripsBeyondSetUp()),
				Figures.whole(traffic.connections()), Figures.whole(traffic.statements()),
				Figures.kilobytes(traffic.bytesSent()), Figures.kilobytes(traffic.bytesReceived()),
				(allocated > 0) ? Figures.megabytes(allocated) : "–");
	}

}
