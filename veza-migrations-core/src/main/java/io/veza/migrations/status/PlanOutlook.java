package io.veza.migrations.status;

import java.util.List;

import io.veza.migrations.BackupMode;
import io.veza.migrations.DataLoss;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanToken;
import org.jspecify.annotations.Nullable;

/**
 * A plan together with the current state of the tables it affects, and the token that
 * allows to run exactly this plan.
 *
 * @param plan the plan
 * @param token the digest of everything that it depends on
 * @param tables the tables that it affects, as far as they are recorded
 * @param losses the data that a rollback is expected to destroy, from the records of the
 * UPs; rows that the SQL itself deletes are found only when it runs
 * @param unknown the versions without a record, whose losses are not known before they
 * run
 * @param backup the backup that would be made, {@code null} if the plan rolls nothing
 * back
 * @since 0.1.0
 */
public record PlanOutlook(MigrationPlan plan, PlanToken token, List<AffectedTable> tables, List<DataLoss> losses,
		List<MigrationVersion> unknown, @Nullable BackupOutlook backup) {

	public PlanOutlook {
		tables = List.copyOf(tables);
		losses = List.copyOf(losses);
		unknown = List.copyOf(unknown);
	}

	/**
	 * The backup that would be made before a rollback.
	 *
	 * @param mode the way in which data would be kept
	 * @param description the backup in words
	 */
	public record BackupOutlook(BackupMode mode, String description) {
	}

}
