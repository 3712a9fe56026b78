package io.veza.migrations;

/**
 * The database is not one that can be migrated: not PostgreSQL, or too old.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class UnsupportedDatabaseException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 */
	public UnsupportedDatabaseException(String message) {
		super(message, null);
	}

	@Override
	public int exitCode() {
		return 2;
	}

}
