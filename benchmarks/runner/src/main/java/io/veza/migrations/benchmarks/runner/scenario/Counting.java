package io.veza.migrations.benchmarks.runner.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.proxy.CountingProxy;
import io.veza.migrations.benchmarks.runner.proxy.Traffic;

/**
 * Counts what goes over the wire. Counts are exact, so that once is enough.
 */
public final class Counting implements Scenario {

	/** The prefix of what is counted, among other results. */
	public static final String PREFIX = "counts: ";

	private final List<Task> tasks;

	Counting(List<Task> tasks) {
		this.tasks = List.copyOf(tasks);
	}

	@Override
	public String name() {
		return "counts";
	}

	@Override
	public boolean isTimed() {
		return false;
	}

	@Override
	public void run(Bench bench, Results results) throws Exception {
		for (Task task : this.tasks) {
			if (bench.isQuick() && task.before() > Scenarios.MANY) {
				continue;
			}
			new Rounds(bench, results).run(PREFIX + task.title(), 1, contenders(bench, task), Contender::label,
					(contender) -> count(bench, results, task, contender));
		}
	}

	/**
	 * Many migrations take the others long to prepare, and are of interest for growth.
	 */
	private static List<Contender> contenders(Bench bench, Task task) {
		Stream<Contender> all = task.contenders(bench).stream();
		return ((task.before() <= Scenarios.MANY) ? all
				: all.filter((contender) -> contender == Contender.VEZA || contender == Contender.RAW))
			.toList();
	}

	private static void count(Bench bench, Results results, Task task, Contender contender) throws Exception {
		String database = task.database(bench, contender);
		try (CountingProxy proxy = CountingProxy.start(bench.server().host(), bench.server().port(), Duration.ZERO)) {
			List<Reading> readings = bench.processes()
				.run(contender, task.operation(bench, contender),
						List.of(bench.server().databaseVia(proxy.port(), database)));
			results.add(PREFIX + task.title(), contender.label(), readings);
			results.add(PREFIX + task.title(), contender.label(), traffic(bench, contender, proxy.traffic()));
		}
		task.finish(bench, database);
	}

	/** The driver sets up its connections with statements of its own. */
	private static Traffic traffic(Bench bench, Contender contender, Traffic traffic) throws Exception {
		return (contender != Contender.PSQL) ? traffic.withSetUp(connecting(bench)) : traffic;
	}

	private static int connecting(Bench bench) throws Exception {
		try (CountingProxy proxy = CountingProxy.start(bench.server().host(), bench.server().port(), Duration.ZERO)) {
			bench.server().databaseVia(proxy.port(), "postgres").connect().close();
			return proxy.traffic().roundTrips();
		}
	}

}
