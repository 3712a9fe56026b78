package io.veza.migrations.engine.outlook;

import java.util.List;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.engine.options.DriftPolicy;
import io.veza.migrations.record.CatalogComparison.Drift;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SchemaDriftCheck}.
 */
class SchemaDriftCheckTests {

	private static final MigrationInfo HELD = new MigrationInfo(MigrationVersion.of("2"), "b", MigrationState.HELD,
			null, null, null);

	private static final MigrationPlan PLAN = new MigrationPlan(MigrationOperation.MIGRATE, List.of(), List.of("one"),
			List.of(), List.of(HELD));

	private static final Drift FAILED = Drift.failed("no privilege");

	@Test
	void addToKeepsMigrationsThatAreHeldBack() {
		assertThat(new SchemaDriftCheck(DriftPolicy.WARN).addTo(PLAN, FAILED).heldBack()).containsExactly(HELD);
		assertThat(new SchemaDriftCheck(DriftPolicy.FAIL).addTo(PLAN, FAILED).heldBack()).containsExactly(HELD);
	}

	@Test
	void addToWarnsWhenDriftIsNotKnown() {
		assertThat(new SchemaDriftCheck(DriftPolicy.WARN).addTo(PLAN, FAILED).warnings()).containsExactly("one",
				"It could not be checked whether the schema is as the newest run left it: no privilege");
	}

	@Test
	void addToRefusesWhenDriftIsNotKnownAndHasToBe() {
		assertThat(new SchemaDriftCheck(DriftPolicy.FAIL).addTo(PLAN, FAILED).problems())
			.containsExactly(new PlanProblem.UnknownDrift("no privilege"));
	}

	@Test
	void addToNamesDifferences() {
		CatalogDifference gone = new CatalogDifference("table", "public.t", "public.t", "TABLE", null);
		Drift drift = new Drift(true, false, List.of(gone), null);

		assertThat(new SchemaDriftCheck(DriftPolicy.WARN).addTo(PLAN, drift).warnings()).hasSize(2)
			.last()
			.asString()
			.contains("it was changed by hand or by another tool", "public.t");
	}

	@Test
	void addToKeepsAPlanWithoutDrift() {
		assertThat(new SchemaDriftCheck(DriftPolicy.FAIL).addTo(PLAN, Drift.UNKNOWN)).isSameAs(PLAN);
	}

}
