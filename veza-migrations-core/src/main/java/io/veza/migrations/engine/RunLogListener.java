package io.veza.migrations.engine;

import java.util.stream.Collectors;

import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.RollbackVerification;
import io.veza.migrations.RollbackVerification.Restored;
import io.veza.migrations.RunOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log what a run does: one line when it begins, one per migration, one when it
 * ends. A failure is told by whoever asked for the run.
 */
final class RunLogListener implements MigrationListener {

	private static final Logger logger = LoggerFactory.getLogger(Migrator.class);

	@Override
	public void onRunStarted(MigrationPlan plan) {
		if (!plan.isEmpty()) {
			logger.info("{} {} migration(s): {}", doing(plan.operation()), plan.steps().size(),
					plan.steps().stream().map((step) -> step.version().text()).collect(Collectors.joining(", ")));
		}
		plan.warnings().forEach(logger::warn);
	}

	@Override
	public void onLockRetry(MigrationOperation operation, LockRetry retry) {
		logger.info("Version {} did not get a lock in time (attempt {}), trying again in {} ms. In the way: {}",
				retry.version(), retry.attempt(), retry.pause().toMillis(), retry.blockers());
	}

	@Override
	public void onMigrationFinished(MigrationOperation operation, MigrationReport.Outcome outcome) {
		logger.info("{} {} {} in {} ms", done(operation), outcome.version(), outcome.description(),
				outcome.duration().toMillis());
	}

	@Override
	public void onRunFinished(MigrationReport report) {
		if (report.outcome() == RunOutcome.SUCCESS) {
			logger.info("{} {} migration(s)", done(report.operation()), report.migrations().size());
		}
		RollbackVerification verification = report.verification();
		if (verification != null && verification.restored() != Restored.EXACT) {
			logger.warn("Whether the schema is back where it was before: {}", verification.describe());
		}
	}

	private static String doing(MigrationOperation operation) {
		return switch (operation) {
			case MIGRATE -> "Applying";
			case ROLLBACK -> "Reverting";
			case REPAIR -> "Repairing";
			case BASELINE -> "Recording as applied";
			case RESTORE -> "Restoring the data of";
		};
	}

	private static String done(MigrationOperation operation) {
		return switch (operation) {
			case MIGRATE -> "Applied";
			case ROLLBACK -> "Reverted";
			case REPAIR -> "Repaired";
			case BASELINE -> "Recorded as applied";
			case RESTORE -> "Restored the data of";
		};
	}

}
