package io.veza.migrations.actuate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.actuate.descriptor.RunningDescriptor;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.RunningOperation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsHealthIndicatorTests {

	@ParameterizedTest
	@CsvSource({ "UP_TO_DATE, UP", "PENDING, OUT_OF_SERVICE", "RUNNING, OUT_OF_SERVICE", "WAITING, OUT_OF_SERVICE",
			"INVALID, OUT_OF_SERVICE", "FAILED, DOWN" })
	void describeStatusMapsItsState(MigrationStatus.State state, String expected) {
		Health.Builder builder = new Health.Builder();

		MigrationsHealthIndicator.describe(builder, new MigrationStatus(null, state, null, List.of(),
				List.of(SampleMigrations.info(SampleMigrations.migration("SELECT 1"), null)), List.of("a problem")),
				true);

		assertThat(builder.build().getStatus().getCode()).isEqualTo(expected);
		assertThat(builder.build().getDetails()).containsEntry("state", state.id())
			.containsEntry("applied", 0)
			.containsEntry("pending", 1)
			.containsEntry("problems", List.of("a problem"));
	}

	@ParameterizedTest
	@CsvSource({ "true, UP", "false, OUT_OF_SERVICE" })
	void describeStatusWhenHeldDependsOnWhetherThatIsAccepted(boolean accepted, String expected) {
		Health.Builder builder = new Health.Builder();

		MigrationsHealthIndicator.describe(builder, new MigrationStatus(null, MigrationStatus.State.HELD, null,
				List.of(), List.of(SampleMigrations.held("olga", null)), List.of()), accepted);

		assertThat(builder.build().getStatus().getCode()).isEqualTo(expected);
		assertThat(builder.build().getDetails()).containsEntry("state", "held");
	}

	@Test
	void describeRunningOperationShowsIt() {
		Health health = health(null);

		assertThat(health.getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
		assertThat(health.getDetails()).containsEntry("state", "running")
			.hasEntrySatisfying("running", (running) -> assertThat(running).isInstanceOf(RunningDescriptor.class));
	}

	@Test
	void describeOperationThatWaitsSaysSo() {
		assertThat(health("another process").getDetails()).containsEntry("state", "waiting");
	}

	private static Health health(@Nullable String waitingFor) {
		Health.Builder builder = new Health.Builder();
		MigrationsHealthIndicator.describe(builder,
				RunningOperation.begun(new UUID(0, 1), MigrationOperation.MIGRATE, null, Instant.EPOCH)
					.waitingFor(waitingFor));
		return builder.build();
	}

}
