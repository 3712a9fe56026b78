package io.veza.migrations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A plan together with what it would meet in the database right now, and the token with
 * which exactly this plan is run.
 *
 * @param plan the plan
 * @param token the digest of all that it depends on
 * @param tables the tables on which it would work, as far as that is recorded
 * @param losses the data that a rollback is expected to destroy, from the record of what
 * the UPs did; rows that the SQL itself deletes are found only when it runs
 * @param unknown the versions of which nothing is recorded, so that what they destroy is
 * not known before
 * @param backup what would be kept, and how, in words, {@code null} if the plan takes
 * nothing back
 * @since 0.1.0
 */
public record PlanOutlook(MigrationPlan plan, PlanToken token, List<ConcernedTable> tables, List<DataLoss> losses,
		List<MigrationVersion> unknown, @Nullable BackupOutlook backup) {

	public PlanOutlook {
		tables = List.copyOf(tables);
		losses = List.copyOf(losses);
		unknown = List.copyOf(unknown);
	}

	/**
	 * What would be kept before a rollback.
	 *
	 * @param mode how
	 * @param description what would happen
	 */
	public record BackupOutlook(BackupMode mode, String description) {
	}

}
