package io.veza.migrations.benchmarks.runner.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.veza.migrations.benchmarks.runner.scenario.ApplicationStart;
import io.veza.migrations.benchmarks.runner.scenario.Counting;
import io.veza.migrations.benchmarks.runner.scenario.Results;

/**
 * What readers see.
 */
public final class Report {

	private static final String FILE = "RESULTS.md";

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

	private static final String HEAD = """
			# Results

			Written by the command below; [how it is measured](README.md). Nothing here is edited by hand.

			| | |
			|---|---|
			| Command | `%s` |
			| Date | %s, %d minutes |
			""";

	private static final String TIMES = """
			## Times

			The first call in a process is what the start of an application pays; later calls run in the same process on
			other databases. Medians with the least and the greatest. "raw" is the loop with three flights for each migration.
			The readings are first plus later calls.

			""";

	private static final String STARTS = """
			## Start of an application

			A web application with a connection pool, from the start of its process until it accepts traffic; 1000 files in
			its executable jar, all applied before.

			""";

	private static final String COUNTS = """
			## Counts

			Exact, through a proxy, once each, by the first call in a process. Setting up a connection is counted by opening
			one and closing it.

			""";

	private final Results results;

	private final Setting setting;

	/**
	 * Create a new instance.
	 * @param results what was measured
	 * @param setting how it was measured
	 */
	public Report(Results results, Setting setting) {
		this.results = results;
		this.setting = setting;
	}

	/**
	 * Write it.
	 * @param folder where
	 * @return the file
	 * @throws IOException if it cannot be written
	 */
	public Path write(Path folder) throws IOException {
		Path file = folder.resolve(FILE);
		Files.writeString(file, text(folder));
		return file;
	}

	private String text(Path folder) throws IOException {
		List<String> titles = this.results.titles();
		List<String> counted = titles.stream().filter((title) -> title.startsWith(Counting.PREFIX)).toList();
		List<String> timed = titles.stream()
			.filter((title) -> !counted.contains(title) && !title.equals(ApplicationStart.TITLE))
			.toList();
		StringBuilder text = new StringBuilder(head());
		text.append("\n## Targets\n\n").append(new Goals(this.results).text()).append('\n');
		text.append(new Charts(this.results).write(folder));
		if (!timed.isEmpty()) {
			text.append(TIMES).append(new TimeTables(this.results).text(timed));
		}
		if (titles.contains(ApplicationStart.TITLE)) {
			text.append(STARTS).append(new StartTable(this.results).text()).append('\n');
		}
		if (!counted.isEmpty()) {
			text.append(COUNTS).append(new CountTables(this.results).text(counted));
		}
		return text.toString().stripTrailing() + "\n";
	}

	private String head() {
		StringBuilder head = new StringBuilder(HEAD.formatted(this.setting.command(), this.setting.start().format(DATE),
				this.setting.duration().toMinutes()));
		Environment.current().lines().forEach((line) -> row(head, line.split(": ", 2)[0], line.split(": ", 2)[1]));
		row(head, "Server", this.setting.server());
		row(head, "Options of each Java process", "`" + this.setting.options() + "`");
		this.setting.versions().forEach((tool, versions) -> row(head, tool, versions));
		return head.toString();
	}

	private static void row(StringBuilder table, String name, String value) {
		table.append("| ").append(name).append(" | ").append(value).append(" |\n");
	}

}
