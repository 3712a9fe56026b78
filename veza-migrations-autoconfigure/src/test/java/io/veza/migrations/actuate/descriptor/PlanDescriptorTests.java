package io.veza.migrations.actuate.descriptor;

import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.PlanToken;
import io.veza.migrations.actuate.SampleMigrations;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.status.PlanOutlook;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlanDescriptorTests {

	@Test
	void ofShowsStatementsWithTheirPlace() {
		PlanDescriptor plan = PlanDescriptor
			.of(outlook(PlanStep.up(SampleMigrations.migration("SELECT 1", "SELECT 2"), null)));

		assertThat(plan.operation()).isEqualTo("migrate");
		assertThat(plan.migrations()).singleElement().satisfies((migration) -> {
			assertThat(migration.version()).isEqualTo("001");
			assertThat(migration.source()).isEqualTo("file");
			assertThat(migration.statementCount()).isEqualTo(2);
			assertThat(migration.statements()).containsExactly(
					new PlanDescriptor.PlannedStatement("SELECT 1", "db/migrations/001_create_users.sql", 9, false),
					new PlanDescriptor.PlannedStatement("SELECT 2", "db/migrations/001_create_users.sql", 10, false));
		});
	}

	@Test
	void ofShowsSegmentsWarningsAndProblems() {
		PlanDescriptor plan = PlanDescriptor.of(outlook(PlanStep.up(SampleMigrations.migration("SELECT 1"), null)));

		assertThat(plan.segments()).containsExactly(new PlanDescriptor.PlannedSegment(true, List.of("001")));
		assertThat(plan.warnings()).containsExactly("careful");
		assertThat(plan.problems()).singleElement().asString().contains("\"001\" (create_users) is applied");
	}

	@Test
	void ofMarksStatementsThatAnEarlierRunHasDone() {
		MigrationProgress progress = new MigrationProgress(SampleMigrations.V1, "create_users",
				MigrationOperation.MIGRATE, List.of(new Checksum("first")), null, null);

		PlanDescriptor plan = PlanDescriptor
			.of(outlook(PlanStep.up(SampleMigrations.migration("SELECT 1", "SELECT 2"), progress)));

		assertThat(plan.migrations().get(0).statements()).extracting(PlanDescriptor.PlannedStatement::done)
			.containsExactly(true, false);
	}

	@Test
	void statementsBeyondTheLimitAreLeftOut() {
		PlanStep step = PlanStep.up(SampleMigrations.migration("SELECT 1", "SELECT 2", "SELECT 3"), null);

		assertThat(TruncatedStatements.of(step, 24).truncated()).isFalse();
		assertThat(TruncatedStatements.of(step, 14)).satisfies((list) -> {
			assertThat(list.truncated()).isTrue();
			assertThat(list.statements()).extracting(PlanDescriptor.PlannedStatement::sql)
				.containsExactly("SELECT 1", "SELECT");
		});
		assertThat(TruncatedStatements.of(step, 16)).satisfies((list) -> {
			assertThat(list.truncated()).isTrue();
			assertThat(list.statements()).hasSize(2);
		});
	}

	private static PlanOutlook outlook(PlanStep step) {
		MigrationPlan plan = new MigrationPlan(MigrationOperation.MIGRATE,
				List.of(new PlanSegment(true, List.of(step))), List.of("careful"),
				List.of(new PlanProblem.MissingFile(SampleMigrations.V1, "create_users")));
		return new PlanOutlook(plan, new PlanToken("a", "b", "c", "d"), List.of(), List.of(), List.of(), null);
	}

}
