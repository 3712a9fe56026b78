package io.veza.migrations.autoconfigure.command;

import org.springframework.core.env.Environment;

/**
 * The start of a process that runs a command.
 *
 * @param environment what is known of the properties
 * @param streams where the command writes
 */
record CommandStart(Environment environment, CommandStreams streams) {

}
