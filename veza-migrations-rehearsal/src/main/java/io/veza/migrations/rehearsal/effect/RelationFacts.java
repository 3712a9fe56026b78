package io.veza.migrations.rehearsal.effect;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The definition of a table at one moment: columns, constraints and indexes. Names are as
 * the catalogs hold them, not quoted.
 *
 * @param schema its schema
 * @param name its name
 * @param persistence {@code p} permanent, {@code u} unlogged, {@code t} temporary
 * @param tablespace the identifier of its tablespace, 0 for that of the database
 * @param parent the partitioned table that it is a partition of, as SQL writes it,
 * {@code null} if it is none
 * @param columns its columns, in their order
 * @param constraints its constraints
 * @param indexes its indexes
 */
public record RelationFacts(String schema, String name, String persistence, long tablespace, @Nullable String parent,
		List<Column> columns, List<Constraint> constraints, List<Index> indexes) {

	public RelationFacts {
		columns = List.copyOf(columns);
		constraints = List.copyOf(constraints);
		indexes = List.copyOf(indexes);
	}

	/**
	 * Return the column of a number, which stays with it when it is renamed.
	 * @param number the number
	 * @return the column, or empty if there is none or it was dropped
	 */
	public Optional<Column> column(int number) {
		return this.columns.stream().filter((column) -> column.number() == number).findFirst();
	}

	/**
	 * Return the constraint of an identifier.
	 * @param oid the identifier
	 * @return the constraint, or empty if there is none
	 */
	public Optional<Constraint> constraint(long oid) {
		return this.constraints.stream().filter((constraint) -> constraint.oid() == oid).findFirst();
	}

	/**
	 * Return the index of an identifier.
	 * @param oid the identifier
	 * @return the index, or empty if there is none
	 */
	public Optional<Index> index(long oid) {
		return this.indexes.stream().filter((index) -> index.oid() == oid).findFirst();
	}

	/**
	 * Return these facts with later definitions, of all that still exists.
	 * @param later the later facts, {@code null} if the table is gone
	 * @return the facts
	 */
	public RelationFacts definedAs(@Nullable RelationFacts later) {
		if (later == null) {
			return this;
		}
		return new RelationFacts(this.schema, this.name, this.persistence, this.tablespace, this.parent, this.columns,
				this.constraints.stream()
					.map((constraint) -> later.constraint(constraint.oid())
						.map((known) -> constraint.definedAs(known.definition()))
						.orElse(constraint))
					.toList(),
				this.indexes.stream()
					.map((index) -> later.index(index.oid())
						.map((known) -> index.definedAs(known.definition()))
						.orElse(index))
					.toList());
	}

	/**
	 * A column.
	 *
	 * @param number its number, which never changes
	 * @param name its name
	 * @param type its type with its modifiers, as SQL writes it
	 * @param notNull whether it is {@code NOT NULL}
	 * @param filled whether it gets a value by itself: a default, an identity or an
	 * expression
	 * @param generated whether its values are computed and stored
	 */
	public record Column(int number, String name, String type, boolean notNull, boolean filled, boolean generated) {
	}

	/**
	 * A constraint.
	 *
	 * @param oid its identifier
	 * @param name its name
	 * @param type one letter as in {@code pg_constraint.contype}: {@code c} check,
	 * {@code f} foreign key, {@code p} primary key, {@code u} unique, {@code x}
	 * exclusion, {@code n} not null, {@code t} trigger
	 * @param validated whether all rows are known to fulfil it
	 * @param columns the numbers of its columns
	 * @param referenced the table that a foreign key refers to, as SQL writes it,
	 * {@code null} for others
	 * @param index the identifier of the index that serves it, 0 without one
	 * @param definition its definition, as {@code pg_get_constraintdef} writes it
	 */
	public record Constraint(long oid, String name, String type, boolean validated, List<Integer> columns,
			@Nullable String referenced, long index, String definition) {

		public Constraint {
			columns = List.copyOf(columns);
		}

		private Constraint definedAs(String definition) {
			return new Constraint(this.oid, this.name, this.type, this.validated, this.columns, this.referenced,
					this.index, definition);
		}

	}

	/**
	 * An index.
	 *
	 * @param oid its identifier
	 * @param name its name
	 * @param unique whether it allows a key only once
	 * @param valid whether queries use it
	 * @param filenode the number of its file, which changes when it is built again
	 * @param definition its definition, as {@code pg_get_indexdef} writes it
	 */
	public record Index(long oid, String name, boolean unique, boolean valid, long filenode, String definition) {

		private Index definedAs(String definition) {
			return new Index(this.oid, this.name, this.unique, this.valid, this.filenode, definition);
		}

	}

}
