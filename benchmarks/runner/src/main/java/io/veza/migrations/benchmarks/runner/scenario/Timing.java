package io.veza.migrations.benchmarks.runner.scenario;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.runner.process.Contender;

/**
 * Measures how long a task takes, and what it allocates, straight at the server.
 */
final class Timing implements Scenario {

	private final String name;

	private final Task task;

	private final int rounds;

	private final int warm;

	/**
	 * Create a new instance.
	 * @param name the name of the scenario
	 * @param task the task
	 * @param rounds how many rounds
	 * @param warm how often each process repeats it
	 */
	Timing(String name, Task task, int rounds, int warm) {
		this.name = name;
		this.task = task;
		this.rounds = rounds;
		this.warm = warm;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void run(Bench bench, Results results) throws Exception {
		new Rounds(bench, results).run(this.task.title(), bench.rounds(this.rounds), this.task.contenders(bench),
				Contender::label,
				(contender) -> results.add(this.task.title(), contender.label(), measure(bench, contender)));
	}

	private List<Reading> measure(Bench bench, Contender contender) throws Exception {
		List<String> databases = new ArrayList<>();
		for (int i = 0; i <= this.warm; i++) {
			databases.add(this.task.database(bench, contender));
		}
		bench.databases().settle();
		List<Reading> readings = bench.processes()
			.run(contender, this.task.operation(bench, contender), bench.targets(databases));
		for (String database : databases) {
			this.task.finish(bench, database);
		}
		return readings;
	}

}
