package io.veza.migrations.backup;

import io.veza.migrations.Backup;
import io.veza.migrations.DataLoss;

/**
 * A table that has been copied.
 *
 * @param plan what was to be copied
 * @param item what goes into the catalogue
 */
record KeptTable(TablePlan plan, KeptItem item) {

	SizeLimit.Part size() {
		return new SizeLimit.Part(this.plan.loss().name(), this.item.bytes());
	}

	/**
	 * Return whether the copy may hold rows that are not lost.
	 * @return whether a DOWN touches some rows and leaves others, in columns that stay
	 */
	boolean canBeTrimmed() {
		LostTable loss = this.plan.loss();
		return !loss.gone() && loss.rows() && loss.columns().isEmpty();
	}

	KeptTable trimmed(long rows, long bytes) {
		return new KeptTable(this.plan, this.item.trimmed(rows, bytes));
	}

	Backup.Kept kept(BackupSchema schema) {
		DataLoss loss = this.plan.loss().describe().get(0);
		return new Backup.Kept(new DataLoss(loss.kind(), loss.object(), loss.columns(), this.item.rows(), false),
				schema.qualified(String.valueOf(this.item.backupTable())), this.item.rows());
	}

}
