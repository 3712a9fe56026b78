package io.veza.migrations.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.history.CatalogComparison;
import io.veza.migrations.history.CatalogComparison.Drift;

/**
 * Looks whether the schema is as the newest run left it.
 */
final class DriftLook {

	private final DriftPolicy policy;

	DriftLook(DriftPolicy policy) {
		this.policy = policy;
	}

	/**
	 * Look, if that is wanted. What a migration has done that stopped half-way cannot be
	 * told from what somebody did by hand.
	 * @param session the database
	 * @param history its history
	 * @return what differs
	 */
	Drift look(MigrationSession session, MigrationHistory history) {
		return (this.policy == DriftPolicy.IGNORE || !history.unfinished().isEmpty()) ? Drift.UNKNOWN : look(session);
	}

	/**
	 * Look, whatever is configured.
	 * @param session the database
	 * @return what differs
	 */
	static Drift look(MigrationSession session) {
		if (!session.historyLayout().historyExists() || !session.historyLayout().recordsExist()) {
			return Drift.UNKNOWN;
		}
		try {
			return new CatalogComparison(session.records()).drift(session.connection());
		}
		catch (SQLException ex) {
			return Drift.failed(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Add what differs to a plan.
	 * @param plan the plan
	 * @param drift what differs
	 * @return the plan with a warning or a problem, if anything does
	 */
	MigrationPlan with(MigrationPlan plan, Drift drift) {
		String failure = drift.failure();
		if (drift.differences().isEmpty() && failure == null) {
			return plan;
		}
		List<String> warnings = new ArrayList<>(plan.warnings());
		List<PlanProblem> problems = new ArrayList<>(plan.problems());
		if (this.policy == DriftPolicy.FAIL) {
			problems.add((failure != null) ? new PlanProblem.DriftUnknown(failure)
					: new PlanProblem.Drifted(drift.differences()));
		}
		else {
			warnings.add((failure != null)
					? "It could not be looked whether the schema is as the newest run left it: " + failure
					: warning(drift.differences()));
		}
		return new MigrationPlan(plan.operation(), plan.segments(), warnings, problems);
	}

	private static String warning(List<CatalogDifference> differences) {
		return "The schema is not as the newest run left it: it was changed by hand or by another tool."
				+ CatalogDifference.describe(differences);
	}

}
