package io.veza.migrations;

/**
 * The application is closing, so that no operation is begun any more.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class MigratorClosedException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param operation what was asked
	 */
	public MigratorClosedException(MigrationOperation operation) {
		super("A " + operation.id() + " is not begun any more, because the application is closing. "
				+ "Ask again when it has started.", null);
	}

	@Override
	public int exitCode() {
		return 5;
	}

}
