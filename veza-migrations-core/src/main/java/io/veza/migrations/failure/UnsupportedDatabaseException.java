package io.veza.migrations.failure;

import java.util.Optional;

/**
 * A database that cannot be migrated: not PostgreSQL, or too old.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class UnsupportedDatabaseException extends MigrationException {

	private static final String ACTION = "Point the DataSource or veza.migrations.url to a supported PostgreSQL server, "
			+ "mark another DataSource with @MigrationsDataSource, or set veza.migrations.enabled=false.";

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 */
	public UnsupportedDatabaseException(String message) {
		super(message, null);
	}

	@Override
	public String description() {
		return "The database cannot be migrated:\n\n" + problem();
	}

	@Override
	public Optional<String> action() {
		return Optional.of(ACTION);
	}

	@Override
	public FailureType type() {
		return FailureType.REFUSED;
	}

	@Override
	public int exitCode() {
		return 2;
	}

}
