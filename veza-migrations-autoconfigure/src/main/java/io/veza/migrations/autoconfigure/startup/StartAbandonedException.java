package io.veza.migrations.autoconfigure.startup;

import org.springframework.boot.SpringApplication;

/**
 * A start that was abandoned, because the application was closed while it was waiting for
 * migrations. That is no failure, so that nothing is analyzed and no stack trace is
 * shown.
 *
 * @since 0.1.0
 */
public final class StartAbandonedException extends SpringApplication.AbandonedRunException {

	private static final long serialVersionUID = 1L;

	@Override
	public String getMessage() {
		return "The application was closed while it was waiting for migrations.";
	}

	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

}
