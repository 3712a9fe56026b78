package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.actuate.descriptor.ProblemDescriptor;

/**
 * A failure of a command.
 *
 * @param exitCode the exit code
 * @param text what is wrong and what to do, for people
 * @param problem the same for machines
 */
record CommandFailure(int exitCode, String text, ProblemDescriptor problem) {

}
