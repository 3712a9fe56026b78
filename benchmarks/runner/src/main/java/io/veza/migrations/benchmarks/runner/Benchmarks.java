package io.veza.migrations.benchmarks.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import io.veza.migrations.benchmarks.runner.process.Processes;
import io.veza.migrations.benchmarks.runner.report.Report;
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

	private static final int ROUNDS = 5;

	private final Path home;

	private final Options options;

	private Benchmarks(Path home, Options options) {
		this.home = home;
		this.options = options;
	}

	/**
	 * Measure what the arguments say.
	 * @param arguments the options; the system property {@code benchmarks.home} names the
	 * folder of the benchmarks
	 * @throws Exception if nothing can be measured
	 */
	public static void main(String[] arguments) throws Exception {
		try {
			Options options = Options.parse(Arrays.asList(arguments)).require(Scenarios.names());
			new Benchmarks(Path.of(System.getProperty("benchmarks.home")), options).run();
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage() + "\n\n" + Options.USAGE.formatted(String.join(", ", Scenarios.names()),
					String.join(", ", Options.toolNames())));
			System.exit(2);
		}
	}

	private void run() throws Exception {
		Path target = Files.createDirectories(this.home.resolve("target"));
		Path scratch = Files.createTempDirectory(target, "scratch");
		Results results = new Results();
		try {
			measure(scratch, false, results);
			measure(scratch, true, results);
		}
		finally {
			new Scratch(scratch).delete();
		}
		Path file = new Report(results).write(this.options.isComplete() ? this.home : target);
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
		Bench bench = new Bench(this.home, scratch, server(timed), new Processes(this.home, this.options.recording()),
				this.options.quick(), this.options.roundsOr(ROUNDS), this.options.contenders());
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
