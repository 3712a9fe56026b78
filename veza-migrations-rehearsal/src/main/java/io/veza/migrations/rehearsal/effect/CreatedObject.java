package io.veza.migrations.rehearsal.effect;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Something that an UP has created and that has a name. Names are as the catalogs hold
 * them, not quoted.
 *
 * @param kind what it is
 * @param identity its name as SQL writes it, with its schema and table
 * @param relation the table or view that it belongs to or is, as SQL writes it,
 * {@code null} if it belongs to none
 * @param table the name of that table or view, {@code null} if it belongs to none
 * @param name its own name
 * @param type the type of a column, {@code null} for all else
 * @param columns the columns of the key of an index or of a constraint; for an expression
 * the name that PostgreSQL gives it
 * @param unique whether it is an index or a constraint that allows a key only once; a
 * primary key does not count
 * @param simple whether it is an index or a constraint of columns alone, for all rows
 * @param generatedName whether the name is one that PostgreSQL chooses
 * @param reserved whether the name is a reserved word, in whatever case
 */
public record CreatedObject(Kind kind, String identity, @Nullable String relation, @Nullable String table, String name,
		@Nullable String type, List<String> columns, boolean unique, boolean simple, boolean generatedName,
		boolean reserved) {

	public CreatedObject {
		columns = List.copyOf(columns);
	}

	/**
	 * The kind of a created object.
	 */
	public enum Kind {

		/** A schema. */
		SCHEMA,

		/** A table, partitioned or not. */
		TABLE,

		/** A view. */
		VIEW,

		/** A view that holds its rows. */
		MATERIALIZED_VIEW,

		/** A column of a table. */
		COLUMN,

		/** A column that takes its values from a sequence of its own by a default. */
		SERIAL_COLUMN,

		/**
		 * A column that is the key of its table, alone or with others, and refers to no
		 * other table.
		 */
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
		TRIGGER;

		/**
		 * Return the words for it.
		 * @return such as {@code materialized view}; a column is a column
		 */
		public String words() {
			return isColumn() ? "column" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
		}

		/**
		 * Return whether it is a column.
		 * @return whether it is, of whatever kind
		 */
		public boolean isColumn() {
			return this == COLUMN || this == SERIAL_COLUMN || this == KEY_COLUMN || this == SERIAL_KEY_COLUMN;
		}

	}

}
