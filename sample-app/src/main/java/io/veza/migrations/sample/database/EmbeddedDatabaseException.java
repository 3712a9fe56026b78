package io.veza.migrations.sample.database;

import org.jspecify.annotations.Nullable;

/**
 * The embedded database cannot be used.
 */
@SuppressWarnings("serial")
final class EmbeddedDatabaseException extends RuntimeException {

	private final String action;

	EmbeddedDatabaseException(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
