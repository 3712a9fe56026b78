package io.veza.migrations.benchmarks.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.benchmarks.runner.process.Contender;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param quick whether few rounds are enough
 * @param only the names of the scenarios, empty for all
 * @param tools the names of who is measured, empty for all
 * @param rounds how many rounds, {@code null} for the ordinary number
 * @param url the JDBC URL of a server to measure on, {@code null} for an embedded one
 * @param user its user
 * @param password its password
 * @param recording whether the JDK's flight recorder watches each process
 */
record Options(boolean quick, List<String> only, List<String> tools, @Nullable Integer rounds, @Nullable String url,
		String user, String password, boolean recording) {

	static final String USAGE = """
			usage: benchmarks/run [--quick] [--only SCENARIO,...] [--tools TOOL,...] [--rounds N] [--jfr]
			                      [--url jdbc:postgresql://HOST:PORT/postgres --user USER --password PASSWORD]
			                      [--no-build]

			  --quick     few rounds, and a tenth of the migrations over the slow network
			  --only      some scenarios: %s
			  --tools     some tools: %s
			  --rounds    how many rounds (5, of what takes long 3, with --quick 1)
			  --jfr       record each process to benchmarks/target/*.jfr; slows it down
			  --url       measure on this server instead of an embedded one, as a superuser
			  --no-build  measure what was built before

			A run of everything writes benchmarks/RESULTS.md, any other benchmarks/target/RESULTS.md.
			""";

	Options {
		only = List.copyOf(only);
		tools = List.copyOf(tools);
	}

	static Options parse(List<String> arguments) {
		boolean quick = false;
		boolean recording = false;
		List<String> only = new ArrayList<>();
		List<String> tools = new ArrayList<>();
		Integer rounds = null;
		String url = null;
		String user = "postgres";
		String password = "postgres";
		for (int i = 0; i < arguments.size(); i++) {
			switch (arguments.get(i)) {
				case "--quick" -> quick = true;
				case "--jfr" -> recording = true;
				case "--only" -> only.addAll(List.of(value(arguments, ++i).split(",")));
				case "--tools" -> tools.addAll(List.of(value(arguments, ++i).split(",")));
				case "--rounds" -> rounds = Integer.valueOf(value(arguments, ++i));
				case "--url" -> url = value(arguments, ++i);
				case "--user" -> user = value(arguments, ++i);
				case "--password" -> password = value(arguments, ++i);
				default -> throw new IllegalArgumentException(
						"\"" + arguments.get(i) + "\" is not an option. Use one of these.");
			}
		}
		return new Options(quick, only, tools, rounds, url, user, password, recording);
	}

	private static String value(List<String> arguments, int i) {
		if (i >= arguments.size()) {
			throw new IllegalArgumentException("\"" + arguments.get(i - 1) + "\" has no value. Write one behind it.");
		}
		return arguments.get(i);
	}

	/** Refuse what is not measured. */
	Options require(List<String> scenarios) {
		requireAll(this.only, scenarios, "scenario");
		requireAll(this.tools, toolNames(), "tool");
		return this;
	}

	private static void requireAll(List<String> names, List<String> known, String kind) {
		for (String name : names) {
			if (!known.contains(name)) {
				throw new IllegalArgumentException("\"" + name + "\" is not a " + kind + ". Use one of these.");
			}
		}
	}

	static List<String> toolNames() {
		return Stream.of(Contender.values()).map(Contender::option).toList();
	}

	Set<Contender> contenders() {
		return Stream.of(Contender.values())
			.filter((contender) -> this.tools.isEmpty() || this.tools.contains(contender.option()))
			.collect(Collectors.toSet());
	}

	/** The command as a reader repeats it, without what is secret. */
	String command() {
		StringBuilder command = new StringBuilder("benchmarks/run").append(this.quick ? " --quick" : "")
			.append(this.only.isEmpty() ? "" : " --only " + String.join(",", this.only))
			.append(this.tools.isEmpty() ? "" : " --tools " + String.join(",", this.tools))
			.append((this.rounds != null) ? " --rounds " + this.rounds : "")
			.append(this.recording ? " --jfr" : "");
		return command.append((this.url != null) ? " --url …" : "").toString();
	}

	boolean isComplete() {
		return this.only.isEmpty() && this.tools.isEmpty() && !this.quick && !this.recording;
	}

	boolean includes(String scenario) {
		return this.only.isEmpty() || this.only.contains(scenario);
	}

	int roundsOr(int ordinary) {
		if (this.rounds != null) {
			return this.rounds;
		}
		return this.quick ? 1 : ordinary;
	}

}
