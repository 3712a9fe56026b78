package io.veza.migrations.benchmarks.runner.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.proxy.Traffic;
import io.veza.migrations.benchmarks.runner.scenario.ApplicationStart;
import io.veza.migrations.benchmarks.runner.scenario.Counting;
import io.veza.migrations.benchmarks.runner.scenario.Results;
import io.veza.migrations.benchmarks.runner.scenario.Task;

/**
 * The pictures of the report.
 */
final class Charts {

	private static final String FOLDER = "charts";

	private final Results results;

	private final Findings findings;

	Charts(Results results) {
		this.results = results;
		this.findings = new Findings(results);
	}

	/** Write them, and return the Markdown that shows them. */
	String write(Path folder) throws IOException {
		Path charts = Files.createDirectories(folder.resolve(FOLDER));
		StringBuilder text = new StringBuilder();
		for (Map.Entry<String, BarChart> chart : all().entrySet()) {
			if (!chart.getValue().isEmpty()) {
				String name = chart.getKey() + ".svg";
				Files.writeString(charts.resolve(name), chart.getValue().svg());
				text.append("![")
					.append(chart.getKey())
					.append("](")
					.append(FOLDER)
					.append('/')
					.append(name)
					.append(")\n\n");
			}
		}
		return text.toString();
	}

	private Map<String, BarChart> all() {
		Map<String, BarChart> charts = new LinkedHashMap<>();
		String fresh = Task.fresh(1000).title();
		String nothing = Task.nothingToDo(1000).title();
		charts.put("fresh", times("1000 migrations on an empty database, first call, ms", fresh));
		charts.put("nothing-to-do", times("Nothing to do at 1000 migrations, first call, ms", nothing));
		charts.put("start", added());
		charts.put("round-trips-fresh", roundTrips("Round trips, 1000 migrations on an empty database", fresh));
		charts.put("round-trips-nothing-to-do", roundTrips("Round trips, nothing to do at 1000 migrations", nothing));
		return charts;
	}

	private BarChart times(String title, String scenario) {
		return chart(title, scenario, (subject) -> this.findings.time(scenario, subject).first(), Figures::millis);
	}

	private BarChart roundTrips(String title, String scenario) {
		String counted = Counting.PREFIX + scenario;
		return chart(title, counted,
				(subject) -> this.results.traffic(counted, subject).map(Traffic::roundTrips).map(Integer::doubleValue),
				Figures::whole);
	}

	private BarChart added() {
		Figure plain = this.findings.time(ApplicationStart.TITLE, ApplicationStart.PLAIN);
		return chart("What a start with nothing to do at 1000 takes longer, ms", ApplicationStart.TITLE,
				(subject) -> subject.equals(ApplicationStart.PLAIN) ? Optional.empty()
						: this.findings.time(ApplicationStart.TITLE, subject).minus(plain).first(),
				Figures::millis);
	}

	private BarChart chart(String title, String scenario, Function<String, Optional<Double>> value,
			DoubleFunction<String> format) {
		BarChart chart = new BarChart(title);
		for (String subject : this.results.subjects(scenario)) {
			value.apply(subject)
				.ifPresent((number) -> chart.bar(subject, number, format.apply(number),
						subject.equals(Contender.VEZA.label())));
		}
		return chart;
	}

}
