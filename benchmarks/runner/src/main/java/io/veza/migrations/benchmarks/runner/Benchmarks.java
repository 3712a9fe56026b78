package io.veza.migrations.benchmarks.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.benchmarks.runner.process.Processes;
import io.veza.migrations.benchmarks.runner.process.Versions;
import io.veza.migrations.benchmarks.runner.report.Report;
import io.veza.migrations.benchmarks.runner.report.Setting;
import io.veza.migrations.benchmarks.runner.scenario.Bench;
import io.veza.migrations.benchmarks.runner.scenario.Results;
import io.veza.migrations.benchmarks.runner.scenario.Scenario;
import io.veza.migrations.benchmarks.runner.scenario.Scenarios;
import io.veza.migrations.benchmarks.runner.server.EmbeddedServer;
import io.veza.migrations.benchmarks.runner.server.Server;

/**
 * The command: measures, and writes the report.
 */
public final class Benchmarks {

	private final Path home;

	private final Options options;

	private final Clock clock;

	private final List<String> servers = new ArrayList<>();

	private Benchmarks(Path home, Options options, Clock clock) {
		this.home = home;
		this.options = options;
		this.clock = clock;
	}

	/**
	 * Measure what the arguments say.
	 * @param arguments the options; the system property {@code benchmarks.home} names the
	 * folder of the benchmarks
	 * @throws Exception if nothing can be measured
	 */
	public static void main(String[] arguments) throws Exception {
		if (List.of(arguments).contains("--help")) {
			System.out.println(usage());
			return;
		}
		try {
			Options options = Options.parse(List.of(arguments)).require(Scenarios.names());
			new Benchmarks(Path.of(System.getProperty("benchmarks.home")), options, Clock.systemUTC()).run();
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage() + "\n\n" + usage());
			System.exit(2);
		}
	}

	private static String usage() {
		return Options.USAGE.formatted(String.join(", ", Scenarios.names()), String.join(", ", Options.toolNames()));
	}

	private void run() throws Exception {
		Path target = Files.createDirectories(this.home.resolve("target"));
		Path scratch = Files.createTempDirectory(target, "scratch");
		Results results = new Results();
		ZonedDateTime start = ZonedDateTime.now(this.clock);
		try {
			measure(scratch, false, results);
			measure(scratch, true, results);
		}
		finally {
			new Scratch(scratch).delete();
		}
		Setting setting = new Setting(this.options.command(), start,
				Duration.between(start, ZonedDateTime.now(this.clock)), String.join("; ", this.servers),
				new Versions(this.home).all(), String.join(" ", Processes.jvmOptions()));
		Path file = new Report(results, setting).write(this.options.isComplete() ? this.home : target);
		if (!this.options.isComplete()) {
			System.out.println(Files.readString(file));
		}
		System.err.println("benchmarks: the report is " + file);
	}

	private void measure(Path scratch, boolean timed, Results results) throws Exception {
		List<Scenario> scenarios = Scenarios.all()
			.stream()
			.filter((scenario) -> this.options.includes(scenario.name()) && scenario.isTimed() == timed)
			.toList();
		if (scenarios.isEmpty()) {
			return;
		}
		Server server = server(timed);
		this.servers.add((timed ? "times: " : "counts: ") + server.describe());
		Bench bench = new Bench(this.home, scratch, server, new Processes(this.home, this.options.recording()),
				this.options.quick(), this.options::roundsOr, this.options.contenders());
		try {
			for (Scenario scenario : scenarios) {
				scenario.run(bench, results);
			}
		}
		finally {
			bench.clear();
		}
	}

	private Server server(boolean timed) throws IOException, SQLException {
		if (this.options.url() != null) {
			URI uri = URI.create(this.options.url().substring("jdbc:".length()));
			return new Server(uri.getHost(), uri.getPort(), this.options.user(), this.options.password())
				.requireDurable();
		}
		return timed ? EmbeddedServer.startDurable().requireDurable() : EmbeddedServer.startHasty();
	}

}
