package io.veza.migrations.autoconfigure.command;

/**
 * The command {@code rehearse}. It is a bean only if the module for rehearsals is on the
 * class path, so that everything else works without it.
 */
public interface RehearsalCommand {

	/**
	 * Rehearse the migrations, and write what was shown.
	 * @param output where to write
	 * @return the exit code
	 */
	int run(CommandOutput output);

}
