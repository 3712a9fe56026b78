package io.veza.migrations.failure;

import java.util.Optional;

import io.veza.migrations.MigrationOperation;

/**
 * An operation that was not begun, because the application is closing.
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
	public String description() {
		return "Migrations could not run:\n\n" + problem();
	}

	@Override
	public Optional<String> action() {
		return Optional.of("Start again.");
	}

	@Override
	public FailureType type() {
		return FailureType.CLOSING;
	}

	@Override
	public int exitCode() {
		return 5;
	}

}
