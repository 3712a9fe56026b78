package io.veza.migrations.failure;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A database to which there is no connection, or none any more.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class DatabaseUnreachableException extends MigrationException {

	private static final String ACTION = "Check that the server runs and can be reached from here, and the URL, user and "
			+ "password of the DataSource, or of veza.migrations.url if that is set.";

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param cause what the driver or the pool said
	 */
	public DatabaseUnreachableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Create a new instance for a cause about which more is known.
	 * @param problem what is wrong
	 * @param action what to do
	 * @param cause what the driver or the pool said
	 */
	public DatabaseUnreachableException(String problem, String action, @Nullable Throwable cause) {
		super(problem, action, cause);
	}

	@Override
	public String description() {
		return "The database to migrate cannot be reached:\n\n" + problem();
	}

	@Override
	public Optional<String> action() {
		return super.action().or(() -> Optional.of(ACTION));
	}

	@Override
	public FailureType type() {
		return FailureType.DATABASE_UNREACHABLE;
	}

	@Override
	public int exitCode() {
		return 5;
	}

}
