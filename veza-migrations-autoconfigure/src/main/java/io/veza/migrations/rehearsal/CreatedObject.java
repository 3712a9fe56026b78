package io.veza.migrations.rehearsal;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something that an UP has created and that has a name. Names are as the catalogs hold
 * them, not quoted.
 *
 * @param kind what it is
 * @param identity its name as SQL writes it, with its schema and table
 * @param table the table that it belongs to, without its schema, {@code null} if it
 * belongs to none
 * @param name its own name
 * @param type the type of a column, {@code null} for all else
 * @param columns the columns of an index or a constraint; an expression has none
 * @param unique whether it is an index or a constraint that allows a key only once
 * @param generatedName whether PostgreSQL has chosen the name
 */
public record CreatedObject(Kind kind, String identity, @Nullable String table, String name, @Nullable String type,
		List<String> columns, boolean unique, boolean generatedName) {

	public CreatedObject {
		columns = List.copyOf(columns);
	}

	/**
	 * What was created.
	 */
	public enum Kind {

		/** A schema. */
		SCHEMA,

		/** A table, partitioned or not. */
		TABLE,

		/** A view, materialized or not. */
		VIEW,

		/** A column of a table. */
		COLUMN,

		/** A column that takes its values from a sequence of its own by a default. */
		SERIAL_COLUMN,

		/** A column that is the key of its table, alone or with others. */
		KEY_COLUMN,

		/** A key column that takes its values from a sequence of its own by a default. */
		SERIAL_KEY_COLUMN,

		/** An index that serves no constraint. */
		INDEX,

		/** A constraint. */
		CONSTRAINT,

		/** A sequence that belongs to no column. */
		SEQUENCE,

		/** A function or procedure. */
		ROUTINE,

		/** A type or domain. */
		TYPE,

		/** A trigger. */
		TRIGGER

	}

}
