package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The statements with which one column takes the place of another one while the old and
 * the new release run beside each other.
 */
public final class ColumnSwapRewrite {

	private ColumnSwapRewrite() {
	}

	/**
	 * Return the way to another type.
	 * @param change what happened to the table
	 * @param column the column as it was
	 * @return the statements, with comments that say where to put them
	 */
	public static String retype(TableChange change, Column column) {
		String type = change.after().column(column.number()).map(Column::type).orElse(column.type());
		return swap(change, column.name(), column.name() + "_new", type, value(column, type));
	}

	/**
	 * Return the way to another name.
	 * @param change what happened to the table
	 * @param column the column as it was
	 * @param name its new name
	 * @return the statements, with comments that say where to put them
	 */
	public static String rename(TableChange change, Column column, String name) {
		return swap(change, column.name(), name, column.type(), SqlQuoting.identifierIfNeeded(column.name()));
	}

	/** A cast to a type that limits its values cuts them without a word. */
	private static String value(Column column, String type) {
		return SqlQuoting.identifierIfNeeded(column.name()) + (type.contains("(") ? "" : "::" + type);
	}

	private static String swap(TableChange change, String from, String to, String type, String value) {
		return """
				-- First, with a trigger that fills it in rows that are written from now on:
				ALTER TABLE %1$s ADD COLUMN %3$s %4$s;
				-- Then, in a migration with "-- veza: transaction=off", in batches that commit, until no row is left:
				UPDATE %1$s SET %3$s = %5$s WHERE ctid = ANY (ARRAY(
				    SELECT ctid FROM %1$s WHERE %3$s IS NULL AND %2$s IS NOT NULL LIMIT 1000));
				-- When no release in use reads or writes the old column:
				ALTER TABLE %1$s DROP COLUMN %2$s;""".formatted(change.name(), SqlQuoting.identifierIfNeeded(from),
				SqlQuoting.identifierIfNeeded(to), type, value);
	}

}
