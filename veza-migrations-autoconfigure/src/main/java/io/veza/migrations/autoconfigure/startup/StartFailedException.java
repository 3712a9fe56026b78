package io.veza.migrations.autoconfigure.startup;

import io.veza.migrations.failure.MigrationException;
import org.springframework.boot.ExitCodeGenerator;

/**
 * A start that failed because of its migrations. It carries the exit code to Spring Boot,
 * in every phase of the start.
 */
public final class StartFailedException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	private final int exitCode;

	/**
	 * Create a new instance.
	 * @param cause why the migrations failed
	 */
	public StartFailedException(MigrationException cause) {
		super(cause.getMessage(), cause);
		this.exitCode = cause.exitCode();
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

}
