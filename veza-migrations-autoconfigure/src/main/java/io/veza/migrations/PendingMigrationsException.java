package io.veza.migrations;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Migrations are pending where none may be.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class PendingMigrationsException extends MigrationException {

	private final List<MigrationVersion> versions;

	/**
	 * Create a new instance.
	 * @param versions the pending versions
	 */
	public PendingMigrationsException(List<MigrationVersion> versions) {
		super(versions.size() + " migration(s) are pending: "
				+ versions.stream().map((version) -> "\"" + version + "\"").collect(Collectors.joining(", "))
				+ ". Apply them from a process that runs with veza.migrations.mode=migrate.", null);
		this.versions = List.copyOf(versions);
	}

	/**
	 * Return what is pending.
	 * @return the versions in their order
	 */
	public List<MigrationVersion> versions() {
		return this.versions;
	}

	@Override
	public int exitCode() {
		return 3;
	}

}
