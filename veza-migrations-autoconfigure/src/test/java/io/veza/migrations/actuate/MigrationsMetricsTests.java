package io.veza.migrations.actuate;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.DatabaseUnreachableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsMetricsTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final MigrationsMetrics metrics = new MigrationsMetrics(new LastKnownStatus(() -> {
		throw new DatabaseUnreachableException("unreachable", null);
	}), this.clock);

	@Test
	void runIsTimedByOutcome() {
		this.metrics.bindTo(this.registry);

		run(null, Duration.ofSeconds(2));
		run(SampleMigrations.V1, Duration.ofSeconds(3));

		assertThat(timer("success").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(timer("failure").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
	}

	@Test
	void runBeforeThereIsARegistryIsTimedWhenOneComes() {
		run(null, Duration.ofSeconds(2));

		this.metrics.bindTo(this.registry);

		assertThat(timer("success").count()).isEqualTo(1);
	}

	@Test
	void lockRetriesAreCountedEvenBeforeThereIsARegistry() {
		LockRetry retry = new LockRetry(SampleMigrations.V1, 1, Duration.ZERO, "somebody");
		this.metrics.onLockRetry(MigrationOperation.MIGRATE, retry);
		this.metrics.bindTo(this.registry);
		this.metrics.onLockRetry(MigrationOperation.MIGRATE, retry);

		assertThat(this.registry.get("veza.migrations.lock.retries").functionCounter().count()).isEqualTo(2);
	}

	@Test
	void gaugesWhenNothingCouldBeReadYetAreNotANumber() {
		this.metrics.bindTo(this.registry);

		assertThat(this.registry.get("veza.migrations.pending").gauge().value()).isNaN();
	}

	private void run(@Nullable MigrationVersion failed, Duration duration) {
		this.metrics.onRunStarted(new MigrationPlan(MigrationOperation.MIGRATE, List.of(), List.of(), List.of()));
		this.clock.add(duration);
		this.metrics.onRunFinished(new MigrationReport(new UUID(0, 1), MigrationOperation.MIGRATE, List.of(), failed,
				List.of(), List.of()));
	}

	private Timer timer(String outcome) {
		return this.registry.get("veza.migrations.run").tag("outcome", outcome).timer();
	}

}
