package io.veza.migrations.engine;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.veza.migrations.MigrationFailedException;
import io.veza.migrations.MigrationListener;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;

/**
 * Observes each migration. Its version is a key of high cardinality only, so that metrics
 * do not grow with the number of migrations.
 */
final class MigrationObservations implements MigrationListener {

	private static final String NAME = "veza.migrations.migration";

	private final ObservationRegistry registry;

	private final Map<MigrationVersion, Observation> running = new HashMap<>();

	MigrationObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onMigrationStarted(MigrationOperation operation, PlanStep step) {
		this.running.put(step.version(),
				Observation.createNotStarted(NAME, this.registry)
					.contextualName(operation.id() + " " + step.version())
					.lowCardinalityKeyValue("operation", operation.id())
					.highCardinalityKeyValue("version", step.version().text())
					.start());
	}

	@Override
	public void onMigrationFinished(MigrationOperation operation, MigrationReport.Outcome outcome) {
		Observation observation = this.running.remove(outcome.version());
		if (observation != null) {
			observation.lowCardinalityKeyValue("outcome", "success").stop();
		}
	}

	@Override
	public void onMigrationFailed(MigrationOperation operation, MigrationFailedException failure) {
		this.running.values()
			.forEach((observation) -> observation.lowCardinalityKeyValue("outcome", "failure").error(failure).stop());
		this.running.clear();
	}

	/** A run that ends without a verdict on a migration leaves nothing open. */
	@Override
	public void onRunFinished(MigrationReport report) {
		this.running.values().forEach((observation) -> observation.lowCardinalityKeyValue("outcome", "failure").stop());
		this.running.clear();
	}

}
