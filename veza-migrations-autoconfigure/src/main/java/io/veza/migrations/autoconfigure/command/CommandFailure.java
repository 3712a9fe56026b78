package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.actuate.ProblemDescriptor;

/**
 * Why a command did not do what it was asked.
 *
 * @param exitCode the exit code
 * @param text what is wrong and what to do, for people
 * @param problem the same for machines
 */
record CommandFailure(int exitCode, String text, ProblemDescriptor problem) {

}
