package io.veza.migrations.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationState;
import io.veza.migrations.engine.MigrationListener;
import io.veza.migrations.status.MigrationStatus;

/**
 * The metrics of runs, lock retries and migrations. A run may end before there is a
 * registry: it is remembered until one comes.
 *
 * @since 0.1.0
 */
public final class MigrationsMetrics implements MeterBinder, MigrationListener {

	private static final String PREFIX = "veza.migrations.";

	private final LastKnownStatus status;

	private final Clock clock;

	private final List<MeterRegistry> registries = new ArrayList<>();

	private final List<FinishedRun> runs = new ArrayList<>();

	private final AtomicLong lockRetries = new AtomicLong();

	private long startedAt;

	/**
	 * Create a new instance.
	 * @param status tells the last known status
	 * @param clock measures runs
	 */
	public MigrationsMetrics(LastKnownStatus status, Clock clock) {
		this.status = status;
		this.clock = clock;
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		gauge(registry, "applied", "Number of migrations that are applied", (status) -> status.applied().size());
		gauge(registry, "pending", "Number of migrations that are not applied", (status) -> status.pending().size());
		gauge(registry, "failed", "Number of migrations that stopped half-way",
				(status) -> count(status, MigrationState.FAILED));
		gauge(registry, "held", "Number of migrations that were rolled back and not released",
				(status) -> count(status, MigrationState.HELD));
		FunctionCounter.builder(PREFIX + "lock.retries", this.lockRetries, AtomicLong::get)
			.description("Number of times that a migration stepped back from a lock and was tried again")
			.register(registry);
		this.registries.add(registry);
		this.runs.forEach((run) -> run.recordTo(registry));
	}

	@Override
	public synchronized void onRunStarted(MigrationPlan plan) {
		this.startedAt = this.clock.monotonicTime();
	}

	@Override
	public void onLockRetry(MigrationOperation operation, LockRetry retry) {
		this.lockRetries.incrementAndGet();
	}

	@Override
	public synchronized void onRunFinished(MigrationReport report) {
		FinishedRun run = new FinishedRun(report.outcome().id(),
				Duration.ofNanos(this.clock.monotonicTime() - this.startedAt));
		this.registries.forEach(run::recordTo);
		if (this.registries.isEmpty()) {
			this.runs.add(run);
		}
	}

	private void gauge(MeterRegistry registry, String name, String description,
			ToDoubleFunction<MigrationStatus> count) {
		Gauge.builder(PREFIX + name, this, (metrics) -> metrics.count(count))
			.description(description)
			.register(registry);
	}

	private double count(ToDoubleFunction<MigrationStatus> count) {
		MigrationStatus last = this.status.recent();
		return (last != null) ? count.applyAsDouble(last) : Double.NaN;
	}

	private static long count(MigrationStatus status, MigrationState state) {
		return status.pending().stream().filter((info) -> info.state() == state).count();
	}

	/**
	 * A run that has ended.
	 *
	 * @param outcome how it ended
	 * @param duration how long it took
	 */
	private record FinishedRun(String outcome, Duration duration) {

		void recordTo(MeterRegistry registry) {
			Timer.builder(PREFIX + "run")
				.description("Time that runs of migrations take")
				.tag("outcome", this.outcome)
				.register(registry)
				.record(this.duration);
		}

	}

}
