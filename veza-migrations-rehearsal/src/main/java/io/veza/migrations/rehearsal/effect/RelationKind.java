package io.veza.migrations.rehearsal.effect;

import java.util.Locale;

/**
 * A kind of relation.
 */
public enum RelationKind {

	/** A table, or a partition. */
	TABLE,

	/** A table that only has partitions. */
	PARTITIONED_TABLE,

	/** A view. */
	VIEW,

	/** A view that holds its rows. */
	MATERIALIZED_VIEW,

	/** A table of another server. */
	FOREIGN_TABLE,

	/** An index, partitioned or not. */
	INDEX,

	/** A sequence. */
	SEQUENCE;

	/**
	 * Return the kind that {@code pg_class} names.
	 * @param relkind one letter
	 * @return the kind
	 */
	public static RelationKind of(String relkind) {
		return switch (relkind) {
			case "r" -> TABLE;
			case "p" -> PARTITIONED_TABLE;
			case "v" -> VIEW;
			case "m" -> MATERIALIZED_VIEW;
			case "f" -> FOREIGN_TABLE;
			case "i", "I" -> INDEX;
			case "S" -> SEQUENCE;
			default -> throw new IllegalArgumentException("There is no kind of relation \"" + relkind + "\".");
		};
	}

	/**
	 * Return the words for it.
	 * @return such as {@code materialized view}
	 */
	public String words() {
		return name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
