package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * How far a command is, as PostgreSQL itself tells.
 *
 * @param command the command, such as {@code CREATE INDEX CONCURRENTLY} or
 * {@code COPY FROM}
 * @param phase what it does now, in PostgreSQL's words, {@code null} for a command
 * without phases
 * @param done how much of the phase is done
 * @param total how much there is to do in the phase, 0 if that is not known
 * @param unit what is counted: {@code blocks}, {@code tuples}, {@code bytes}, or
 * {@code lockers}, the transactions that it waits for
 * @since 0.1.0
 */
public record ServerProgress(String command, @Nullable String phase, long done, long total, String unit) {

}
