package io.veza.migrations.backup;

import io.veza.migrations.Backup;
import io.veza.migrations.DataLoss.Kind;

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
		return new Backup.Kept(Losses.plain(Kind.SEQUENCE, this.name), null, null);
	}

}
