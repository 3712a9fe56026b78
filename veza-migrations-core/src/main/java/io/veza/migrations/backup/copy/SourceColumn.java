package io.veza.migrations.backup.copy;

import io.veza.migrations.backup.TargetColumn;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table that is copied.
 *
 * @param number its number
 * @param name its name
 * @param type its type with its schema and modifier
 * @param builtIn whether the type is there as long as PostgreSQL is; values of other
 * types are kept as texts, because a DOWN may drop the type
 * @param builtInCollation whether the same is true of its collation
 * @param width how many bytes a value has on average, {@code null} if unknown
 */
record SourceColumn(int number, String name, String type, boolean builtIn, boolean builtInCollation,
		@Nullable Integer width) {

	/**
	 * Return the expression for the value as it is kept.
	 * @return the SQL
	 */
	String copied() {
		String quoted = SqlQuoting.identifier(this.name);
		if (!this.builtIn) {
			return TargetColumn.asText(quoted) + " AS " + quoted;
		}
		return this.builtInCollation ? quoted : quoted + " COLLATE pg_catalog.\"C\" AS " + quoted;
	}

}
