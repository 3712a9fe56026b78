package io.veza.migrations.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport.Outcome;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.watch.RunMonitor;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.execute.StepListener;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run: which migrations of its plan have started and which are done.
 * Tells the monitor at once, and listeners as soon as it is known how long a migration
 * took.
 */
final class PlanRunProgress implements StepListener {

	/**
	 * The interval between reports of migrations that are done, while others follow. To
	 * read how long they took costs a round trip, which they share.
	 */
	private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

	private final MigrationPlan plan;

	private final RunMonitor monitor;

	private final MigrationListener listener;

	private final DurationReader durations;

	private final Clock clock;

	private final Set<MigrationVersion> started = new HashSet<>();

	private final List<Outcome> done = new ArrayList<>();

	/** Migrations that are committed and not yet reported to listeners. */
	private final List<PlanStep> unreported = new ArrayList<>();

	private Instant lastReport;

	/**
	 * Create the progress of a run that begins.
	 * @param plan the plan of the run
	 * @param monitor is told each step
	 * @param listener is told of the start and the end of each migration
	 * @param durations reads how long migrations took
	 * @param clock measures the interval between reports
	 */
	PlanRunProgress(MigrationPlan plan, RunMonitor monitor, MigrationListener listener, DurationReader durations,
			Clock clock) {
		this.plan = plan;
		this.monitor = monitor;
		this.listener = listener;
		this.durations = durations;
		this.clock = clock;
		this.lastReport = clock.instant();
	}

	@Override
	public void onStep(PlanStep step) {
		this.monitor.onStep(step);
		if (this.started.add(step.version())) {
			this.listener.onMigrationStarted(this.plan.operation(), step);
		}
	}

	@Override
	public void onSent(List<SentMigrationStatement> statements) {
		this.monitor.onSent(statements);
	}

	@Override
	public void onCommitted(List<PlanStep> steps) {
		this.monitor.onCommitted(steps);
		this.unreported.addAll(steps);
		// the last ones are reported when the run has ended, in the round trip of its end
		if (!isLast(steps) && (steps.size() == 1 || isReportDue())) {
			reportDone();
		}
	}

	@Override
	public void onLockRetry(PlanStep step, LockRetry retry) {
		this.monitor.onLockRetry(step, retry);
		this.listener.onLockRetry(this.plan.operation(), retry);
	}

	private boolean isLast(List<PlanStep> steps) {
		List<PlanStep> all = this.plan.steps();
		return steps.get(steps.size() - 1).version().equals(all.get(all.size() - 1).version());
	}

	private boolean isReportDue() {
		return Duration.between(this.lastReport, this.clock.instant()).compareTo(REPORT_INTERVAL) >= 0;
	}

	/**
	 * Report migrations that are done and not yet reported, if there are any. Asks the
	 * database how long they took.
	 */
	void reportDone() {
		if (!this.unreported.isEmpty()) {
			reportDone(this.durations.read());
		}
	}

	/**
	 * Report migrations that are done and not yet reported, if there are any.
	 * @param durations how long they took
	 */
	void reportDone(Map<MigrationVersion, Duration> durations) {
		for (PlanStep step : this.unreported) {
			Outcome outcome = new Outcome(step.version(), step.description(),
					durations.getOrDefault(step.version(), Duration.ZERO));
			this.done.add(outcome);
			this.listener.onMigrationFinished(this.plan.operation(), outcome);
		}
		this.unreported.clear();
		this.lastReport = this.clock.instant();
	}

	/**
	 * Return the migrations that are done and reported.
	 * @return each with the time it took, in the order in which they were done
	 */
	List<Outcome> done() {
		return List.copyOf(this.done);
	}

	/**
	 * Return the versions of the migrations that are done and reported.
	 * @return the versions, in the order in which they were done
	 */
	List<MigrationVersion> doneVersions() {
		return this.done.stream().map(Outcome::version).toList();
	}

	/**
	 * Return the first migration of the plan that is not done.
	 * @return its version, {@code null} if all are done
	 */
	@Nullable MigrationVersion firstNotDone() {
		return notDone().findFirst().orElse(null);
	}

	/**
	 * Return the migrations of the plan that were not reached.
	 * @param failed the version that failed, {@code null} if none did
	 * @return the versions, in the order of the plan
	 */
	List<MigrationVersion> notTried(@Nullable MigrationVersion failed) {
		return notDone().filter((version) -> !version.equals(failed)).toList();
	}

	private Stream<MigrationVersion> notDone() {
		Set<MigrationVersion> versions = this.done.stream().map(Outcome::version).collect(Collectors.toSet());
		return this.plan.steps().stream().map(PlanStep::version).filter((version) -> !versions.contains(version));
	}

	/**
	 * Reads how long the migrations of the run took.
	 */
	@FunctionalInterface
	interface DurationReader {

		/**
		 * Read the durations.
		 * @return the duration of each version by the clock of the server; none if they
		 * cannot be read
		 */
		Map<MigrationVersion, Duration> read();

	}

}
