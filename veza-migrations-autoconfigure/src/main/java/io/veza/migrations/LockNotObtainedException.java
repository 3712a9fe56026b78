package io.veza.migrations;

/**
 * Another process was running migrations for longer than this one may wait.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class LockNotObtainedException extends MigrationException {

	private final String holder;

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param holder who holds the lock, as PostgreSQL tells it
	 */
	public LockNotObtainedException(String message, String holder) {
		super(message, null);
		this.holder = holder;
	}

	/**
	 * Return who holds the lock.
	 * @return the session in words
	 */
	public String holder() {
		return this.holder;
	}

	@Override
	public int exitCode() {
		return 5;
	}

}
