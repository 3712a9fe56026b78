package io.veza.migrations.autoconfigure.command;

import org.springframework.boot.ExitCodeGenerator;

/**
 * A command cannot run as it was given, or not in this application.
 */
@SuppressWarnings("serial")
final class InvalidCommandException extends RuntimeException implements ExitCodeGenerator {

	InvalidCommandException(String message) {
		super(message);
	}

	@Override
	public int getExitCode() {
		return ExitCodes.INVALID;
	}

}
