package io.veza.migrations.autoconfigure.command;

import java.io.PrintStream;

/**
 * The streams to which a command writes. They are a singleton only if there is a command
 * to run.
 *
 * @param output the standard output, which nobody else reaches
 * @param error the standard error, where everybody logs
 */
record CommandStreams(PrintStream output, PrintStream error) {

}
