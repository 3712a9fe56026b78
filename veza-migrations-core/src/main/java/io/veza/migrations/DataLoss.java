package io.veza.migrations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Data that a rollback destroys.
 *
 * @param kind the part of the object that is destroyed
 * @param object the table or sequence with its schema, quoted where needed; for
 * {@link Kind#OTHER}, words that name it
 * @param columns the columns that are destroyed or overwritten, empty if all are
 * @param rows the number of rows, {@code null} if unknown
 * @param estimated whether the number of rows is an estimate of the server
 * @since 0.1.0
 */
public record DataLoss(Kind kind, String object, List<String> columns, @Nullable Long rows, boolean estimated) {

	public DataLoss {
		columns = List.copyOf(columns);
	}

	/**
	 * Return the loss in words and without the number of rows.
	 * @return the kind, the object and the columns
	 */
	public String describe() {
		return switch (this.kind) {
			case TABLE -> "table " + this.object;
			case COLUMNS -> "columns " + String.join(", ", this.columns) + " of " + this.object;
			case ROWS -> "rows of " + this.object;
			case SEQUENCE -> "sequence " + this.object;
			case OTHER -> this.object;
		};
	}

	/**
	 * The part of an object that is destroyed.
	 */
	public enum Kind {

		/** A table with its rows. */
		TABLE,

		/** Columns of a table that stays, or what they hold. */
		COLUMNS,

		/** Rows that are deleted, or overwritten. */
		ROWS,

		/** The value of a sequence. */
		SEQUENCE,

		/** Something that cannot be copied into a table. */
		OTHER

	}

}
