package io.veza.migrations.backup.restore;

import java.util.List;
import java.util.stream.Collectors;

import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.backup.TargetColumn;

/**
 * A table that gets back what was kept of it.
 *
 * @param item what was kept
 * @param oid the object identifier of the table that gets it
 * @param table the name of that table with its schema, as SQL writes it
 * @param only whether its rows are its own, and not those of its partitions
 * @param backup the name of the table that holds what was kept, in the same way
 * @param columns the columns
 */
record RestoreTarget(KeptItem item, long oid, String table, boolean only, String backup, List<TargetColumn> columns) {

	RestoreTarget {
		columns = List.copyOf(columns);
	}

	RestoreTarget with(List<TargetColumn> present) {
		return new RestoreTarget(this.item, this.oid, this.table, this.only, this.backup, present);
	}

	/**
	 * Return the table as the statements name it that are to see its own rows only.
	 * @return the SQL
	 */
	String rows() {
		return this.only ? "ONLY " + this.table : this.table;
	}

	boolean hasKey() {
		return !this.item.keyColumns().isEmpty();
	}

	List<String> missingColumns() {
		return this.columns.stream()
			.filter((column) -> column.name() == null)
			.map((column) -> "the column \"%s\" of %s".formatted(column.kept(), this.table))
			.toList();
	}

	/**
	 * Return the columns that rows get that are there.
	 * @return those that are not of the key
	 */
	List<TargetColumn> updated() {
		if (!hasKey()) {
			return List.of();
		}
		return this.columns.stream().filter((column) -> !this.item.keyColumns().contains(column.kept())).toList();
	}

	/**
	 * Return the statement that overwrites rows that are there.
	 * @return the SQL, which touches nothing if there is no column for it
	 */
	String update() {
		if (updated().isEmpty()) {
			return "SELECT 1 WHERE false";
		}
		return "UPDATE %s t SET %s FROM %s b WHERE %s RETURNING 1".formatted(rows(),
				updated().stream()
					.map((column) -> column.quoted() + " = " + column.value())
					.collect(Collectors.joining(", ")),
				this.backup, join());
	}

	/**
	 * Return the statement that inserts rows that are not there.
	 * @return the SQL, which touches nothing if only columns were kept
	 */
	String insert() {
		if (this.item.kind() == Kind.COLUMNS) {
			return "SELECT 1 WHERE false";
		}
		String missing = hasKey() ? " WHERE NOT EXISTS (SELECT 1 FROM %s t WHERE %s)".formatted(rows(), join()) : "";
		return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s b%s RETURNING 1".formatted(this.table,
				this.columns.stream().map(TargetColumn::quoted).collect(Collectors.joining(", ")),
				this.columns.stream().map(TargetColumn::value).collect(Collectors.joining(", ")), this.backup, missing);
	}

	RestoredObject restored(long count) {
		return new RestoredObject(this.item.kind(), this.table, this.item.rows(), count);
	}

	private String join() {
		return TargetColumn.join(this.columns, this.item.keyColumns());
	}

}
