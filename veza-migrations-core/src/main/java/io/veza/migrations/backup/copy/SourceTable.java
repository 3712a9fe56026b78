package io.veza.migrations.backup.copy;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * A table that is to be copied.
 *
 * @param oid its object identifier
 * @param schema its schema
 * @param name its name
 * @param rootSchema the schema of the partitioned table that it belongs to
 * @param rootName the name of that table
 * @param bytes its size without indexes
 * @param longBytes how much of that are values that are too long for a row
 * @param estimate how many rows it may have, negative if unknown
 * @param columns its columns that hold data
 * @param keys the numbers of the columns of its keys, the best key first
 */
record SourceTable(long oid, String schema, String name, @Nullable String rootSchema, @Nullable String rootName,
		long bytes, long longBytes, long estimate, List<SourceColumn> columns, List<List<Integer>> keys) {

	/** The bytes that PostgreSQL adds to each row. */
	private static final int ROW_OVERHEAD = 28;

	SourceTable with(List<SourceColumn> columns, List<List<Integer>> keys) {
		return new SourceTable(this.oid, this.schema, this.name, this.rootSchema, this.rootName, this.bytes,
				this.longBytes, this.estimate, columns, keys);
	}

	String sql() {
		return SqlQuoting.identifier(this.schema, this.name);
	}

	/**
	 * Return the columns by which rows are found again.
	 * @param lost the numbers of columns that get other values
	 * @return the numbers of the columns of a key that stays
	 */
	Optional<List<Integer>> keyWithout(Collection<Integer> lost) {
		return this.keys.stream().filter((key) -> key.stream().noneMatch(lost::contains)).findFirst();
	}

	List<SourceColumn> columns(Collection<Integer> key, Collection<Integer> lost) {
		Set<Integer> numbers = new HashSet<>(key);
		numbers.addAll(lost);
		return this.columns.stream().filter((column) -> numbers.contains(column.number())).toList();
	}

	/**
	 * Return how large a copy may become.
	 * @param copied the columns that are copied
	 * @return the number of bytes
	 */
	long estimatedBytes(List<SourceColumn> copied) {
		boolean measured = copied.stream().map(SourceColumn::width).allMatch(Objects::nonNull);
		if (copied.size() == this.columns.size() || this.estimate < 0 || !measured) {
			return this.bytes;
		}
		long width = copied.stream()
			.map(SourceColumn::width)
			.filter(Objects::nonNull)
			.mapToLong(Integer::longValue)
			.sum();
		return Math.min(this.bytes, this.estimate * (ROW_OVERHEAD + width) + this.longBytes);
	}

}
