package io.veza.migrations.backup.restore;

import io.veza.migrations.DataLoss.Kind;

/**
 * A table or sequence that got back what was kept of it.
 *
 * @param kind what of it was kept
 * @param name its name with its schema, as SQL writes it
 * @param kept how many rows were kept
 * @param rows how many rows were brought back: fewer, if rows whose columns were kept are
 * gone
 */
public record RestoredObject(Kind kind, String name, long kept, long rows) {
}
