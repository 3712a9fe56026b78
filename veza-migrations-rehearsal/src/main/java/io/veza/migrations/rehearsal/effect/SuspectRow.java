package io.veza.migrations.rehearsal.effect;

/**
 * A row that an UP has inserted and that looks like a test.
 *
 * @param table the table, as SQL writes it
 * @param column the column
 * @param value the value, cut if it is long
 */
public record SuspectRow(String table, String column, String value) {
}
