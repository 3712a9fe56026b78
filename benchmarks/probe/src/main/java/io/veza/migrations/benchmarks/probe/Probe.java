package io.veza.migrations.benchmarks.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.LogManager;

/**
 * The process that is measured: does one thing on one database after the other, and says
 * of each what it took. The first one pays for loading classes, as the start of an
 * application does.
 */
public final class Probe {

	private final Tool tool;

	private final Operation operation;

	private final Allocation allocation = new Allocation();

	private Probe(Tool tool, Operation operation) {
		this.tool = tool;
		this.operation = operation;
	}

	/**
	 * Return the arguments that make this class measure.
	 * @param tool the class of the tool
	 * @param operation what is measured
	 * @param databases where, one after the other
	 * @return the arguments
	 */
	public static List<String> arguments(String tool, Operation operation, List<Target> databases) {
		Target first = databases.get(0);
		List<String> arguments = new ArrayList<>(List.of(tool, operation.kind().name(), operation.location(),
				Integer.toString(operation.count()), first.user(), first.password()));
		databases.forEach((database) -> arguments.add(database.url()));
		return arguments;
	}

	/**
	 * Measure what the arguments say.
	 * @param arguments those of {@link #arguments}
	 * @throws Exception if the tool fails
	 */
	public static void main(String[] arguments) throws Exception {
		LogManager.getLogManager().reset();
		Tool tool = Class.forName(arguments[0]).asSubclass(Tool.class).getConstructor().newInstance();
		Operation operation = new Operation(Operation.Kind.valueOf(arguments[1]), arguments[2],
				Integer.parseInt(arguments[3]));
		Probe probe = new Probe(tool, operation);
		for (String url : Arrays.asList(arguments).subList(6, arguments.length)) {
			System.out.println(probe.measure(new Target(url, arguments[4], arguments[5])).line());
		}
	}

	private Reading measure(Target database) throws Exception {
		long before = this.allocation.bytes();
		long start = System.nanoTime();
		this.operation.run(this.tool, database);
		long nanos = System.nanoTime() - start;
		return new Reading(nanos, this.allocation.bytes() - before);
	}

}
