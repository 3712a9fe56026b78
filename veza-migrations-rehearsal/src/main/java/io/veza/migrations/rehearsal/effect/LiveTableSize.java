package io.veza.migrations.rehearsal.effect;

/**
 * The size of a table of the real database, as PostgreSQL estimates it.
 *
 * @param rows the number of its rows
 * @param bytes the bytes that they take, with large values and without indexes
 * @since 0.1.0
 */
public record LiveTableSize(long rows, long bytes) {

}
