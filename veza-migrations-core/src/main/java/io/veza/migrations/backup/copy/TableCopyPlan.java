package io.veza.migrations.backup.copy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.backup.loss.LostTableData;

/**
 * A plan of the columns and rows of one table that are copied.
 *
 * @param loss what is lost
 * @param source the table
 * @param columns the columns that are copied
 * @param key the numbers of the columns by which rows are found again, empty if there is
 * no key
 */
record TableCopyPlan(LostTableData loss, SourceTable source, List<SourceColumn> columns, List<Integer> key) {

	Kind kind() {
		if (this.loss.gone()) {
			return Kind.TABLE;
		}
		return this.loss.rows() ? Kind.ROWS : Kind.COLUMNS;
	}

	/**
	 * Return the statement that copies it.
	 * @param target the table to create, with its schema
	 * @return the SQL
	 */
	String copyInto(String target) {
		return "CREATE TABLE %s USING heap AS SELECT %s FROM ONLY %s".formatted(target,
				this.columns.stream().map(SourceColumn::copied).collect(Collectors.joining(", ")), this.source.sql());
	}

	BackupSizeLimit.SizedPart estimated() {
		return new BackupSizeLimit.SizedPart(this.loss.name(), this.source.estimatedBytes(this.columns));
	}

	KeptItem item(int position, String backupTable, long rows, long bytes) {
		List<String> keyColumns = this.key.stream().map(this::nameOf).toList();
		return new KeptItem(position, kind(), this.source.schema(), this.source.name(), this.source.rootSchema(),
				this.source.rootName(), names(), this.columns.stream().map(SourceColumn::type).toList(), keyColumns,
				backupTable, rows, bytes, null, false);
	}

	List<String> names() {
		return this.columns.stream().map(SourceColumn::name).toList();
	}

	List<Integer> numbers() {
		return this.columns.stream().map(SourceColumn::number).toList();
	}

	private String nameOf(Integer number) {
		return this.columns.stream()
			.filter((column) -> Objects.equals(column.number(), number))
			.map(SourceColumn::name)
			.findFirst()
			.orElseThrow();
	}

}
