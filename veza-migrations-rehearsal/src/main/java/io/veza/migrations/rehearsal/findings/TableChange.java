package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Optional;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.effect.RelationFacts.Index;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.sql.SqlQuoting;

/**
 * A change that a statement made to a table or view which existed before the section and
 * still exists after the statement.
 *
 * @param statement the statement
 * @param effect what it did; that of a partitioned table includes what happened to its
 * partitions
 * @param start how the table looked before the section
 * @param before how it looked before the statement
 * @param after how it looks after the statement
 * @param end how it looks after the last statement that it is in and exists after
 */
public record TableChange(StatementEffect statement, RelationEffect effect, RelationFacts start, RelationFacts before,
		RelationFacts after, RelationFacts end) {

	/**
	 * Return the name by which others know the table.
	 * @return its name before the section, as SQL writes it
	 */
	public String knownAs() {
		return SqlQuoting.identifierIfNeeded(this.start.schema(), this.start.name());
	}

	/**
	 * Return the name that the table has now.
	 * @return its name after the statement, as SQL writes it
	 */
	public String name() {
		return SqlQuoting.identifierIfNeeded(this.after.schema(), this.after.name());
	}

	public LockMode lock() {
		return this.effect.lock();
	}

	public boolean rewritten() {
		return this.effect.rewritten();
	}

	/**
	 * Return the indexes that were built and that were not there before in another form.
	 * @return the indexes
	 */
	public List<Index> addedIndexes() {
		return this.after.indexes().stream().filter((index) -> previous(index).isEmpty()).toList();
	}

	/**
	 * Return the indexes that are gone and that no other one stands for.
	 * @return the indexes
	 */
	public List<Index> goneIndexes() {
		return this.before.indexes()
			.stream()
			.filter((index) -> this.after.indexes()
				.stream()
				.noneMatch((other) -> previous(other).filter(index::equals).isPresent()))
			.toList();
	}

	/**
	 * Return the indexes that were there and are built again.
	 * @return the indexes as they are now
	 */
	public List<Index> rebuiltIndexes() {
		return this.after.indexes()
			.stream()
			.filter((index) -> previous(index).filter((previous) -> previous.filenode() != index.filenode())
				.isPresent())
			.toList();
	}

	/**
	 * Return the constraints of a type that were added.
	 * @param type the letter of the type
	 * @return the constraints
	 */
	public List<Constraint> addedConstraints(String type) {
		return this.after.constraints()
			.stream()
			.filter((constraint) -> constraint.type().equals(type) && !wasThere(constraint))
			.toList();
	}

	/**
	 * Return whether an index serves a primary key, a unique or an exclusion constraint,
	 * before the statement or after it.
	 * @param index the index
	 * @return whether it does
	 */
	public boolean servesConstraint(Index index) {
		return serves(this.before, index) || serves(this.after, index);
	}

	public List<Column> addedColumns() {
		return this.after.columns().stream().filter((column) -> this.before.column(column.number()).isEmpty()).toList();
	}

	public List<Column> goneColumns() {
		return this.before.columns().stream().filter((column) -> this.after.column(column.number()).isEmpty()).toList();
	}

	/**
	 * Return the columns that got another type.
	 * @return the columns as they were
	 */
	public List<Column> retypedColumns() {
		return this.before.columns()
			.stream()
			.filter((column) -> this.after.column(column.number())
				.filter((now) -> !now.type().equals(column.type()))
				.isPresent())
			.toList();
	}

	/** The indexes of a column that gets another type are made anew under their names. */
	private Optional<Index> previous(Index index) {
		return this.before.index(index.oid())
			.or(() -> this.before.indexes()
				.stream()
				.filter((other) -> other.name().equals(index.name()) && (other.definition().equals(index.definition())
						|| !retypedColumns().isEmpty() || keepsFile(this.before, index)))
				.findFirst());
	}

	private boolean wasThere(Constraint constraint) {
		boolean sameName = this.before.constraints()
			.stream()
			.anyMatch((other) -> other.name().equals(constraint.name()));
		return this.before.constraint(constraint.oid()).isPresent()
				|| (sameName && (!retypedColumns().isEmpty() || keepsIndex(constraint)));
	}

	/**
	 * When a column gets a type with the same values, PostgreSQL makes its indexes anew
	 * with the files that they had, and checks no foreign key that relies on one of them.
	 */
	private boolean keepsIndex(Constraint constraint) {
		return this.statement.relations().stream().anyMatch((relation) -> keepsFile(relation, constraint.index()));
	}

	private static boolean keepsFile(RelationEffect relation, long oid) {
		RelationFacts before = relation.before();
		RelationFacts after = relation.after();
		if (before == null || after == null) {
			return false;
		}
		Index index = after.index(oid).orElse(null);
		return index != null && keepsFile(before, index);
	}

	private static boolean keepsFile(RelationFacts before, Index index) {
		return before.index(index.oid()).isEmpty() && index.filenode() != 0
				&& before.indexes().stream().anyMatch((other) -> other.filenode() == index.filenode());
	}

	private static boolean serves(RelationFacts facts, Index index) {
		return facts.constraints()
			.stream()
			.anyMatch((constraint) -> constraint.index() == index.oid() && "pux".contains(constraint.type()));
	}

}
