package io.veza.migrations.autoconfigure.command;

import org.springframework.boot.ExitCodeGenerator;

/**
 * A command that cannot run as it was given, or not in this application.
 */
@SuppressWarnings("serial")
public final class InvalidCommandException extends RuntimeException implements ExitCodeGenerator {

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 */
	public InvalidCommandException(String message) {
		super(message);
	}

	@Override
	public int getExitCode() {
		return CommandExitCodes.INVALID;
	}

}
