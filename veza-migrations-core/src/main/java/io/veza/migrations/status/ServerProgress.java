package io.veza.migrations.status;

import org.jspecify.annotations.Nullable;

/**
 * The progress of a command, as PostgreSQL reports it.
 *
 * @param command the command, such as {@code CREATE INDEX CONCURRENTLY} or
 * {@code COPY FROM}
 * @param phase the current phase, in the words of PostgreSQL, {@code null} for a command
 * without phases
 * @param done the amount of the phase that is done
 * @param total the amount of the whole phase, 0 if unknown
 * @param unit the unit of both amounts: {@code blocks}, {@code tuples}, {@code bytes}, or
 * {@code lockers}, which are the transactions that it waits for
 * @since 0.1.0
 */
public record ServerProgress(String command, @Nullable String phase, long done, long total, String unit) {

}
