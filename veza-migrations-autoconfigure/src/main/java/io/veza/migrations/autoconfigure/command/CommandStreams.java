package io.veza.migrations.autoconfigure.command;

import java.io.PrintStream;

/**
 * Where a command writes. Its presence as a singleton tells that there is one to run.
 *
 * @param output the standard output, which nobody else reaches
 * @param error the standard error, where everybody logs
 */
record CommandStreams(PrintStream output, PrintStream error) {

}
