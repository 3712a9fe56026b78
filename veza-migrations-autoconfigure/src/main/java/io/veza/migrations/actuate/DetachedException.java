package io.veza.migrations.actuate;

/**
 * The end of a wait for an operation that goes on.
 */
@SuppressWarnings("serial")
final class DetachedException extends RuntimeException {

	DetachedException(InterruptedException cause) {
		super("The wait for the operation was interrupted; the operation goes on. "
				+ "Look at the list of migrations and at the events to see how it ends.", cause);
	}

}
