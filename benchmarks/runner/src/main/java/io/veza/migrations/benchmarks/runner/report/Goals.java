package io.veza.migrations.benchmarks.runner.report;

import java.util.List;

import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.scenario.ApplicationStart;
import io.veza.migrations.benchmarks.runner.scenario.BigFile;
import io.veza.migrations.benchmarks.runner.scenario.Counting;
import io.veza.migrations.benchmarks.runner.scenario.Latency;
import io.veza.migrations.benchmarks.runner.scenario.Results;
import io.veza.migrations.benchmarks.runner.scenario.Scanning;
import io.veza.migrations.benchmarks.runner.scenario.Task;

/**
 * What this project wants to reach, beside what was measured.
 */
final class Goals {

	private static final String OWN = Contender.VEZA.label();

	private static final Task FRESH = Task.fresh(1000);

	private static final Task NOTHING = Task.nothingToDo(1000);

	private final Findings findings;

	Goals(Results results) {
		this.findings = new Findings(results);
	}

	String text() {
		MarkdownTable table = new MarkdownTable("target", "limit", "first call", "later calls", "");
		all().forEach((goal) -> table.row(goal.row()));
		return table.text();
	}

	private List<Goal> all() {
		return List.of(roundTrips(Task.nothingToDo(100), 2), roundTrips(NOTHING, 2),
				roundTrips(Task.nothingToDo(5000), 2), roundTrips(Task.onePending(100), 6), roundTrips(FRESH, 60),
				roundTrips(Task.rollback(100), 30),
				times("time, fresh 1000, to the pipelined raw loop", 1.15, own(FRESH).dividedBy(pipelined())),
				times("time, fresh 1000, to the better Flyway", 0.5, own(FRESH).dividedBy(flyway(FRESH))),
				times("time, nothing to do at 1000, to the raw loop", 1.3, own(NOTHING).dividedBy(raw())),
				times("time, nothing to do at 1000, to the better Flyway", 0.4,
						own(NOTHING).dividedBy(flyway(NOTHING))),
				times("application start: what is added, to what the better Flyway adds", 0.2, start()),
				Goal.atMost("MB allocated, nothing to do at 1000", 16,
						this.findings.allocated(NOTHING.title(), OWN).times(1e-6), Figures::short1),
				times("bytes per migration from 1000 to 5000, to those from 100 to 1000", 1.2, growth()),
				Goal.atLeast("100 MB file with -Xmx64m: times finished", 1, bigFile(), Figures::whole),
				Goal.atLeast("5 ms each way, fresh 1000: the better Flyway to this project", 30, latency(),
						Figures::short1),
				times("reading 1000 files in a jar, own classes, to a folder", 1.5, scanning(Scanning.CLASSES)),
				times("reading 1000 files in a jar, nested library, to a folder", 1.5, scanning(Scanning.LIBRARY)));
	}

	private Goal roundTrips(Task task, int limit) {
		return Goal.atMost("round trips beyond connection set-up, " + task.title(), limit,
				this.findings.roundTrips(task.title(), Contender.VEZA), Figures::whole);
	}

	private static Goal times(String text, double limit, Figure figure) {
		return Goal.atMost(text, limit, figure, Figures::ratio);
	}

	private Figure own(Task task) {
		return this.findings.time(task.title(), OWN);
	}

	private Figure flyway(Task task) {
		return this.findings.betterFlyway(task.title());
	}

	private Figure pipelined() {
		return this.findings.time(FRESH.title(), Contender.PIPELINED.label());
	}

	private Figure raw() {
		return this.findings.time(NOTHING.title(), Contender.RAW.label());
	}

	private Figure start() {
		Figure plain = this.findings.time(ApplicationStart.TITLE, ApplicationStart.PLAIN);
		return this.findings.time(ApplicationStart.TITLE, OWN)
			.minus(plain)
			.dividedBy(this.findings.betterFlyway(ApplicationStart.TITLE).minus(plain));
	}

	private Figure growth() {
		Figure few = counted(Task.nothingToDo(100));
		Figure many = counted(NOTHING);
		return counted(Task.nothingToDo(5000)).minus(many)
			.times(1 / 4000.0)
			.dividedBy(many.minus(few).times(1 / 900.0));
	}

	private Figure counted(Task task) {
		return this.findings.allocated(Counting.PREFIX + task.title(), OWN);
	}

	private Figure bigFile() {
		return new Figure(this.findings.time(BigFile.TITLE, OWN).first().map((time) -> 1.0), Figure.MISSING.later());
	}

	private Figure latency() {
		String title = Latency.title(FRESH);
		return this.findings.betterFlyway(title).dividedBy(this.findings.time(title, OWN));
	}

	private Figure scanning(String place) {
		return this.findings.time(Scanning.TITLE, place).dividedBy(this.findings.time(Scanning.TITLE, Scanning.FOLDER));
	}

}
