package io.veza.migrations.history;

import org.jspecify.annotations.Nullable;

/**
 * The process that writes the history.
 *
 * @param host the name of its host, {@code null} if unknown
 * @param application the name of the application, {@code null} if it has none
 */
public record HistoryWriterProcess(@Nullable String host, @Nullable String application) {
}
