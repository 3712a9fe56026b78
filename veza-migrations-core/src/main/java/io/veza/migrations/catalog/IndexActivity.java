package io.veza.migrations.catalog;

import io.veza.migrations.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * An index, and who works on it.
 *
 * @param oid its object identifier
 * @param schema the name of its schema
 * @param name its name
 * @param qualifiedName schema and name, quoted where SQL needs it
 * @param valid whether queries use it
 * @param constraint the name of the constraint that owns it, {@code null} if none does
 * @param worker a client that builds, rebuilds or drops an index of the table, or does
 * what excludes that, {@code null} if none does
 */
public record IndexActivity(long oid, String schema, String name, String qualifiedName, boolean valid,
		@Nullable String constraint, @Nullable ServerSession worker) {

}
