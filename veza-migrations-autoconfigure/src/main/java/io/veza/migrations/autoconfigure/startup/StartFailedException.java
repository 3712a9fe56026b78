package io.veza.migrations.autoconfigure;

import io.veza.migrations.MigrationException;

import org.springframework.boot.ExitCodeGenerator;

/**
 * The application does not start because of its migrations. It carries the exit code to
 * Spring Boot, in every phase of the start.
 */
final class StartFailedException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	private final int exitCode;

	StartFailedException(MigrationException cause) {
		super(cause.getMessage(), cause);
		this.exitCode = cause.exitCode();
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

}
