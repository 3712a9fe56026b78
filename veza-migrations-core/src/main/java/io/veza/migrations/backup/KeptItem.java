package io.veza.migrations.backup;

import java.util.List;

import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * A row of the catalogue of the backups.
 *
 * @param position its number among those of the operation
 * @param kind what of an object is kept
 * @param schema the schema of the table or sequence
 * @param name its name
 * @param parentSchema the schema of the parent
 * @param parentName for a partition its partitioned table, for a sequence the table of
 * the column that owns it
 * @param columns the columns that are kept, for a sequence the column that owns it
 * @param columnTypes the types that they had
 * @param keyColumns the columns by which rows are found again
 * @param backupTable the table that holds the rows, {@code null} for a sequence
 * @param rows how many rows are kept
 * @param bytes the size of that table
 * @param sequenceValue the last value of a sequence
 * @param sequenceCalled whether that value was used
 */
public record KeptItem(int position, Kind kind, String schema, String name, @Nullable String parentSchema,
		@Nullable String parentName, List<String> columns, List<String> columnTypes, List<String> keyColumns,
		@Nullable String backupTable, long rows, long bytes, @Nullable Long sequenceValue, boolean sequenceCalled) {

	public KeptItem {
		columns = List.copyOf(columns);
		columnTypes = List.copyOf(columnTypes);
		keyColumns = List.copyOf(keyColumns);
	}

	/**
	 * Return the name of the table or sequence.
	 * @return the name with its schema, as SQL writes it
	 */
	public String sql() {
		return SqlQuoting.identifier(this.schema, this.name);
	}

	/**
	 * Return the same item at another position.
	 * @param number the position
	 * @return the item
	 */
	public KeptItem at(int number) {
		return new KeptItem(number, this.kind, this.schema, this.name, this.parentSchema, this.parentName, this.columns,
				this.columnTypes, this.keyColumns, this.backupTable, this.rows, this.bytes, this.sequenceValue,
				this.sequenceCalled);
	}

	/**
	 * Return the same item after rows of it were dropped.
	 * @param remainingRows the number of rows that are left
	 * @param remainingBytes the size of the table that is left
	 * @return the item
	 */
	public KeptItem trimmed(long remainingRows, long remainingBytes) {
		return new KeptItem(this.position, this.kind, this.schema, this.name, this.parentSchema, this.parentName,
				this.columns, this.columnTypes, this.keyColumns, this.backupTable, remainingRows, remainingBytes,
				this.sequenceValue, this.sequenceCalled);
	}

}
