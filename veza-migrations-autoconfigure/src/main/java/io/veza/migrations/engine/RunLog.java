package io.veza.migrations.engine;

import java.util.stream.Collectors;

import io.veza.migrations.MigrationListener;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log what a run does: one line when it begins, one per migration, one when it
 * ends. A failure is told by whoever asked for the run.
 */
final class RunLog implements MigrationListener {

	private static final Logger logger = LoggerFactory.getLogger(Migrator.class);

	@Override
	public void onRunStarted(MigrationPlan plan) {
		logger.info("{} of {} migration(s): {}", capitalized(plan.operation()), plan.steps().size(),
				plan.steps().stream().map((step) -> step.version().text()).collect(Collectors.joining(", ")));
		plan.warnings().forEach(logger::warn);
	}

	@Override
	public void onMigrationFinished(MigrationOperation operation, MigrationReport.Outcome outcome) {
		logger.info("{} of {} {} done in {} ms", capitalized(operation), outcome.version(), outcome.description(),
				outcome.duration().toMillis());
	}

	@Override
	public void onRunFinished(MigrationReport report) {
		if (report.failed() == null) {
			logger.info("{} done: {} migration(s)", capitalized(report.operation()), report.migrations().size());
		}
	}

	private static String capitalized(MigrationOperation operation) {
		String id = operation.id();
		return Character.toUpperCase(id.charAt(0)) + id.substring(1);
	}

}
