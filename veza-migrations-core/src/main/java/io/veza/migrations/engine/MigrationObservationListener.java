package io.veza.migrations.engine;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.failure.MigrationFailedException;

/**
 * Observes each migration. Its version is a key of high cardinality only, so that metrics
 * do not grow with the number of migrations.
 */
final class MigrationObservationListener implements MigrationListener {

	private static final String NAME = "veza.migrations.migration";

	private final ObservationRegistry registry;

	private final Map<MigrationVersion, Observation> running = new HashMap<>();

	MigrationObservationListener(ObservationRegistry registry) {
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
		MigrationVersion failed = failure.report().failed();
		Observation observation = (failed != null) ? this.running.remove(failed) : null;
		if (observation != null) {
			observation.lowCardinalityKeyValue("outcome", "failure").error(failure).stop();
		}
	}

	/** Those that were to travel with one that failed were never run. */
	@Override
	public void onRunFinished(MigrationReport report) {
		this.running.forEach((version, observation) -> observation
			.lowCardinalityKeyValue("outcome", version.equals(report.failed()) ? "failure" : "not-tried")
			.stop());
		this.running.clear();
	}

}
