package io.veza.migrations.backup;

import java.util.List;
import java.util.UUID;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.sql.IdentifierLength;

/**
 * The rollback for which data is kept.
 *
 * @param operationId the operation
 * @param versions the versions that are rolled back, in this order
 * @param origin who asks for it, and why
 */
public record BackupContext(UUID operationId, List<MigrationVersion> versions, RequestOrigin origin) {

	/** A name has room for the table, too. */
	private static final int VERSION_LENGTH = 20;

	public BackupContext {
		versions = List.copyOf(versions);
	}

	/**
	 * Return a name for a table that keeps something, which tells what it is about.
	 * @param source the name of the table that it is kept from
	 * @param position its number among those of the operation
	 * @return the name
	 */
	public String backupTable(String source, int position) {
		String version = this.versions.isEmpty() ? "" : this.versions.get(0).text();
		String start = "v" + version.substring(0, Math.min(version.length(), VERSION_LENGTH)) + "_";
		String end = "_%s_%d".formatted(this.operationId.toString().substring(0, 8), position);
		return IdentifierLength.shortened(start + source, end);
	}

}
