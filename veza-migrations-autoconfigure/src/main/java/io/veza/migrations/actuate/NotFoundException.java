package io.veza.migrations.actuate;

/**
 * A caller named something that does not exist.
 */
@SuppressWarnings("serial")
final class NotFoundException extends IllegalArgumentException {

	NotFoundException(String message) {
		super(message);
	}

}
