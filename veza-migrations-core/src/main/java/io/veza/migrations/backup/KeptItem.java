package io.veza.migrations.backup;

import java.util.List;

import io.veza.migrations.DataLoss.Kind;
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
record KeptItem(int position, Kind kind, String schema, String name, @Nullable String parentSchema,
		@Nullable String parentName, List<String> columns, List<String> columnTypes, List<String> keyColumns,
		@Nullable String backupTable, long rows, long bytes, @Nullable Long sequenceValue, boolean sequenceCalled) {

	KeptItem {
		columns = List.copyOf(columns);
		columnTypes = List.copyOf(columnTypes);
		keyColumns = List.copyOf(keyColumns);
	}

	/**
	 * Return the name of the table or sequence.
	 * @return the name with its schema, as SQL writes it
	 */
	String sql() {
		return Names.qualified(this.schema, this.name);
	}

	KeptItem at(int number) {
		return new KeptItem(number, this.kind, this.schema, this.name, this.parentSchema, this.parentName, this.columns,
				this.columnTypes, this.keyColumns, this.backupTable, this.rows, this.bytes, this.sequenceValue,
				this.sequenceCalled);
	}

	KeptItem trimmed(long remainingRows, long remainingBytes) {
		return new KeptItem(this.position, this.kind, this.schema, this.name, this.parentSchema, this.parentName,
				this.columns, this.columnTypes, this.keyColumns, this.backupTable, remainingRows, remainingBytes,
				this.sequenceValue, this.sequenceCalled);
	}

}
