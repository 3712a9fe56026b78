package io.veza.migrations.benchmarks.runner.scenario;

import java.util.List;

/**
 * Everything that is measured, in its order.
 */
public final class Scenarios {

	/** How many migrations a project has after some years. */
	public static final int MANY = 1000;

	/** How often most is repeated in new processes. */
	static final int ROUNDS = 5;

	/** How often that is repeated which takes long. */
	private static final int FEW_ROUNDS = 3;

	static final int SOME = 100;

	private static final int VERY_MANY = 5000;

	private Scenarios() {
	}

	/**
	 * Return all scenarios.
	 * @return the scenarios
	 */
	public static List<Scenario> all() {
		return List.of(counting(), new Timing("nothing", Task.nothingToDo(MANY), ROUNDS, 9),
				new Timing("pending", Task.onePending(SOME), ROUNDS, 4),
				new Timing("rollback", Task.rollback(SOME), ROUNDS, 2),
				new Timing("fresh", Task.fresh(MANY), FEW_ROUNDS, 1), new ApplicationStart(), new Scanning(),
				new BigFile(), new Latency());
	}

	private static Counting counting() {
		return new Counting(List.of(Task.nothingToDo(SOME), Task.nothingToDo(MANY), Task.nothingToDo(VERY_MANY),
				Task.onePending(SOME), Task.rollback(SOME), Task.fresh(MANY)));
	}

	/**
	 * Return the names of all scenarios.
	 * @return the names
	 */
	public static List<String> names() {
		return all().stream().map(Scenario::name).toList();
	}

}
