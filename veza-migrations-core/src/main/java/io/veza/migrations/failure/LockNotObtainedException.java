package io.veza.migrations;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Another process was running migrations for longer than this one may wait.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class LockNotObtainedException extends MigrationException {

	private final String holder;

	private final @Nullable MigrationEvent last;

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param holder who holds the lock, as PostgreSQL tells it
	 */
	public LockNotObtainedException(String message, String holder) {
		this(message, holder, null);
	}

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param holder who holds the lock, as PostgreSQL tells it
	 * @param last what the audit log says was begun last and has not ended, {@code null}
	 * if it says nothing
	 */
	public LockNotObtainedException(String message, String holder, @Nullable MigrationEvent last) {
		super(message, null);
		this.holder = holder;
		this.last = last;
	}

	/**
	 * Return what the audit log says was begun last and has not ended: who asked for it,
	 * and when.
	 * @return the event, or empty if it says nothing, as of a transactional migration
	 */
	public Optional<MigrationEvent> last() {
		return Optional.ofNullable(this.last);
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
