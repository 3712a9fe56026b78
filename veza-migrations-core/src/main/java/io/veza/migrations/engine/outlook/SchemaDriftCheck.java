package io.veza.migrations.engine.outlook;

import java.sql.SQLException;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.options.DriftPolicy;
import io.veza.migrations.record.CatalogComparison;
import io.veza.migrations.record.CatalogComparison.Drift;

/**
 * The check whether the schema is as the newest run left it.
 *
 * @param policy what to do if it is not
 */
public record SchemaDriftCheck(DriftPolicy policy) {

	/**
	 * Read the drift, unless it is to be ignored. While a migration is unfinished, its
	 * changes cannot be told from those that somebody made by hand.
	 * @param session the database
	 * @return the drift
	 */
	public Drift check(MigrationSession session) {
		boolean unknown = this.policy == DriftPolicy.IGNORE || !session.history().unfinished().isEmpty();
		return unknown ? Drift.UNKNOWN : read(session);
	}

	/**
	 * Read the drift, whatever is configured.
	 * @param session the database
	 * @return the drift
	 */
	public static Drift read(MigrationSession session) {
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
	 * Add drift to a plan.
	 * @param plan the plan
	 * @param drift the drift
	 * @return the plan with a warning or a problem, if there is drift or it is not known
	 */
	public MigrationPlan addTo(MigrationPlan plan, Drift drift) {
		String failure = drift.failure();
		if (failure != null) {
			return (this.policy == DriftPolicy.FAIL) ? plan.withProblem(new PlanProblem.UnknownDrift(failure)) : plan
				.withWarning("It could not be checked whether the schema is as the newest run left it: " + failure);
		}
		if (drift.differences().isEmpty()) {
			return plan;
		}
		return (this.policy == DriftPolicy.FAIL) ? plan.withProblem(new PlanProblem.SchemaDrift(drift.differences()))
				: plan.withWarning(
						"The schema is not as the newest run left it: it was changed by hand or by another tool."
								+ CatalogDifference.describe(drift.differences()));
	}

}
