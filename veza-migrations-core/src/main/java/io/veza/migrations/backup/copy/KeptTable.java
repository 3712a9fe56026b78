package io.veza.migrations.backup.copy;

import io.veza.migrations.Backup;
import io.veza.migrations.DataLoss;
import io.veza.migrations.backup.BackupSchema;
import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.backup.loss.LostTableData;

/**
 * A table that has been copied.
 *
 * @param plan what was to be copied
 * @param item what goes into the catalogue
 */
record KeptTable(TableCopyPlan plan, KeptItem item) {

	BackupSizeLimit.SizedPart size() {
		return new BackupSizeLimit.SizedPart(this.plan.loss().name(), this.item.bytes());
	}

	/**
	 * Return whether the copy may hold rows that are not lost.
	 * @return whether a DOWN touches some rows and leaves others, in columns that stay
	 */
	boolean canBeTrimmed() {
		LostTableData loss = this.plan.loss();
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
