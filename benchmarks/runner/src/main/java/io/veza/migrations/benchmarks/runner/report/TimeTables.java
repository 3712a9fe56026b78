package io.veza.migrations.benchmarks.runner.report;

import java.util.List;

import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.scenario.Results;

/**
 * How long things took, as text.
 */
final class TimeTables {

	private final Results results;

	TimeTables(Results results) {
		this.results = results;
	}

	String text(List<String> titles) {
		StringBuilder text = new StringBuilder();
		for (String title : titles) {
			text.append("### ").append(title).append("\n\n").append(table(title).text()).append('\n');
		}
		return text.toString();
	}

	private MarkdownTable table(String title) {
		MarkdownTable table = new MarkdownTable("", "first call, ms (min–max)", "ratio to raw", "MB allocated",
				"later calls, ms (min–max)", "ratio to raw", "MB allocated", "readings");
		for (String subject : this.results.subjects(title)) {
			List<Reading> cold = this.results.readings(title, subject, true);
			List<Reading> warm = this.results.readings(title, subject, false);
			if (cold.isEmpty()) {
				table.row(subject, "failed: " + this.results.failure(title, subject).orElse("not measured"), "", "", "",
						"", "", "");
			}
			else {
				table.row(subject, millis(cold), ratio(title, cold, true), megabytes(cold), millis(warm),
						ratio(title, warm, false), megabytes(warm), cold.size() + " + " + warm.size());
			}
		}
		return table;
	}

	private String ratio(String title, List<Reading> readings, boolean cold) {
		List<Reading> raw = this.results.readings(title, Contender.RAW.label(), cold);
		return (raw.isEmpty() || readings.isEmpty()) ? "–" : Figures.ratio(time(readings).ratioTo(time(raw)));
	}

	static String millis(List<Reading> readings) {
		if (readings.isEmpty()) {
			return "–";
		}
		Statistics time = time(readings);
		return Figures.millis(time.median()) + " (" + Figures.millis(time.min()) + "–" + Figures.millis(time.max())
				+ ")";
	}

	private static String megabytes(List<Reading> readings) {
		return readings.stream().allMatch((reading) -> reading.allocated() == 0) ? "–"
				: Figures.megabytes(Statistics.of(readings.stream().map(Reading::allocated).toList()).median());
	}

	static Statistics time(List<Reading> readings) {
		return Statistics.of(readings.stream().map(Reading::nanos).toList());
	}

}
