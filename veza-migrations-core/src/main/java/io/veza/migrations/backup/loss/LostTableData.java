package io.veza.migrations.backup.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.DataLoss;
import io.veza.migrations.DataLoss.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The data that one table loses.
 *
 * @param oid its object identifier
 * @param name its name with its schema, quoted where needed
 * @param gone whether the table itself is dropped
 * @param rows whether rows are deleted or overwritten
 * @param columns the columns that are dropped or get another type
 * @param estimate how many rows the table may have, negative if unknown
 * @param changed how many rows are deleted or overwritten, as far as they are counted
 */
public record LostTableData(long oid, String name, boolean gone, boolean rows, List<LostColumn> columns, long estimate,
		long changed) {

	public LostTableData {
		columns = List.copyOf(columns);
	}

	boolean isLoss() {
		return this.gone || this.rows || !this.columns.isEmpty();
	}

	/**
	 * Return whether all columns have to be kept, and not only those that are lost.
	 * @return whether it is about the table or its rows
	 */
	public boolean whole() {
		return this.gone || this.rows;
	}

	/**
	 * Return whether what is kept for this loss is also what another one needs.
	 * @param other another loss of the same table
	 * @return whether it is
	 */
	boolean covers(LostTableData other) {
		if (this.gone) {
			return true;
		}
		return !other.gone && (this.rows || !other.rows) && numbers().containsAll(other.numbers());
	}

	/**
	 * Return the numbers of the columns that are lost.
	 * @return the numbers
	 */
	public Set<Integer> numbers() {
		return this.columns.stream().map(LostColumn::number).collect(Collectors.toSet());
	}

	/**
	 * Return the numbers of the columns that do not come back by themselves.
	 * @return those that are dropped
	 */
	public Set<Integer> droppedNumbers() {
		return this.columns.stream().filter(LostColumn::dropped).map(LostColumn::number).collect(Collectors.toSet());
	}

	/**
	 * Return what is lost, the most first.
	 * @return one or two losses
	 */
	public List<DataLoss> describe() {
		List<DataLoss> losses = new ArrayList<>();
		if (this.gone) {
			losses.add(loss(Kind.TABLE, List.of(), estimated(), true));
		}
		if (this.rows) {
			losses.add(loss(Kind.ROWS, List.of(), (this.changed > 0) ? Long.valueOf(this.changed) : estimated(),
					this.changed <= 0));
		}
		if (!this.columns.isEmpty()) {
			losses.add(loss(Kind.COLUMNS, this.columns.stream().map(LostColumn::name).toList(), estimated(), true));
		}
		return losses;
	}

	private @Nullable Long estimated() {
		return (this.estimate >= 0) ? this.estimate : null;
	}

	private DataLoss loss(Kind kind, List<String> columnNames, @Nullable Long count, boolean estimated) {
		return new DataLoss(kind, this.name, columnNames, count, estimated && count != null);
	}

	/**
	 * A column that is lost.
	 *
	 * @param number its number in the table
	 * @param name its name
	 * @param dropped whether it is dropped; otherwise its type changes
	 */
	public record LostColumn(int number, String name, boolean dropped) {
	}

}
