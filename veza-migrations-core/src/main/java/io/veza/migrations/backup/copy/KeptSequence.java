package io.veza.migrations.backup.copy;

import io.veza.migrations.Backup;
import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.backup.loss.ObservedDataLosses;

/**
 * A sequence whose value has been read.
 *
 * @param name its name with its schema, quoted where needed
 * @param item what goes into the catalogue
 */
record KeptSequence(String name, KeptItem item) {

	KeptSequence at(int position) {
		return new KeptSequence(this.name, this.item.at(position));
	}

	Backup.Kept kept() {
		return new Backup.Kept(ObservedDataLosses.plain(Kind.SEQUENCE, this.name), null, null);
	}

}
