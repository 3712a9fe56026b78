package io.veza.migrations.benchmarks.runner.scenario;

import java.time.Duration;
import java.util.List;

import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.proxy.CountingProxy;

/**
 * Measures a task when the server is far away. Round trips decide here, so that once is
 * enough.
 */
public final class Latency implements Scenario {

	private static final Duration EACH_WAY = Duration.ofMillis(5);

	@Override
	public String name() {
		return "latency";
	}

	@Override
	public void run(Bench bench, Results results) throws Exception {
		Task task = Task.fresh(bench.isQuick() ? Scenarios.SOME : Scenarios.MANY);
		String title = title(task);
		new Rounds(bench, results).run(title, 1, task.contenders(bench), Contender::label,
				(contender) -> measure(bench, results, task, contender));
	}

	/**
	 * Return what reports call it.
	 * @param task the task
	 * @return the title
	 */
	public static String title(Task task) {
		return task.title() + ", 5 ms each way";
	}

	private static void measure(Bench bench, Results results, Task task, Contender contender) throws Exception {
		String database = task.database(bench, contender);
		bench.databases().settle();
		try (CountingProxy proxy = CountingProxy.start(bench.server().host(), bench.server().port(), EACH_WAY)) {
			results.add(title(task), contender.label(),
					bench.processes()
						.run(contender, task.operation(bench, contender),
								List.of(bench.server().databaseVia(proxy.port(), database))));
		}
		task.finish(bench, database);
	}

}
