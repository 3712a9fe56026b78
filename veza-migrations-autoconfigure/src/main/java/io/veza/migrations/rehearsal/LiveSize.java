package io.veza.migrations.rehearsal;

/**
 * How large a table of the real database is.
 *
 * @param rows the number of its rows, as far as the server knows it
 * @param bytes what it takes on disk
 */
public record LiveSize(long rows, long bytes) {
}
