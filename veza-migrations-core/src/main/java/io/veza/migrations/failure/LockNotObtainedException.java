package io.veza.migrations.failure;

import java.util.Optional;

import io.veza.migrations.status.MigrationEvent;
import org.jspecify.annotations.Nullable;

/**
 * A lock that was not obtained in time, because another process runs migrations.
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
	public String description() {
		return "Another run of migrations did not end in time:\n\n" + problem();
	}

	@Override
	public Optional<String> action() {
		return Optional.of("Wait until it has ended, or end the session that holds the lock, then start again. "
				+ "If its migrations take long, raise veza.migrations.lock.wait.");
	}

	@Override
	public FailureType type() {
		return FailureType.LOCK_NOT_OBTAINED;
	}

	@Override
	public int exitCode() {
		return 5;
	}

}
