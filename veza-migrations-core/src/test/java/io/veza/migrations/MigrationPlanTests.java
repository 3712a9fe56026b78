package io.veza.migrations;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MigrationPlan}.
 */
class MigrationPlanTests {

	private static final MigrationVersion V1 = MigrationVersion.of("001");

	private final PlanProblem first = new PlanProblem.NoFiles(2);

	private final MigrationPlan plan = new MigrationPlan(MigrationOperation.MIGRATE,
			List.of(new PlanSegment(true, List.of())), List.of("first"), List.of(this.first), List.of(held()));

	@Test
	void withWarningAddsItLastAndKeepsAllElse() {
		MigrationPlan warned = this.plan.withWarning("second");

		assertThat(warned.warnings()).containsExactly("first", "second");
		assertKeepsAllBut(warned, "warnings");
	}

	@Test
	void withProblemAddsItLastAndKeepsAllElse() {
		PlanProblem second = new PlanProblem.UnknownDrift("connection lost");

		MigrationPlan refused = this.plan.withProblem(second);

		assertThat(refused.problems()).containsExactly(this.first, second);
		assertKeepsAllBut(refused, "problems");
	}

	@Test
	void withProblemsAddsThemLastAndKeepsAllElse() {
		List<PlanProblem.NoFiles> more = List.of(new PlanProblem.NoFiles(3), new PlanProblem.NoFiles(4));

		MigrationPlan refused = this.plan.withProblems(more);

		assertThat(refused.problems()).containsExactly(this.first, more.get(0), more.get(1));
		assertKeepsAllBut(refused, "problems");
	}

	@Test
	void withSegmentsKeepsAllElse() {
		MigrationPlan other = this.plan.withSegments(List.of());

		assertThat(other.isEmpty()).isTrue();
		assertKeepsAllBut(other, "segments");
	}

	@Test
	void infoWithStateKeepsAllElse() {
		MigrationInfo running = held().withState(MigrationState.RUNNING);

		assertThat(running.state()).isEqualTo(MigrationState.RUNNING);
		assertThat(running).usingRecursiveComparison().ignoringFields("state").isEqualTo(held());
	}

	private void assertKeepsAllBut(MigrationPlan changed, String component) {
		assertThat(changed).usingRecursiveComparison().ignoringFields(component).isEqualTo(this.plan);
	}

	private static MigrationInfo held() {
		HeldMigration held = new HeldMigration(V1, Instant.EPOCH, "olivia", "app", "it broke", null);
		MigrationProgress progress = new MigrationProgress(V1, "step", MigrationOperation.MIGRATE, List.of(),
				"canceled", null);
		return new MigrationInfo(V1, "step", MigrationState.HELD, null, null, progress, held);
	}

}
