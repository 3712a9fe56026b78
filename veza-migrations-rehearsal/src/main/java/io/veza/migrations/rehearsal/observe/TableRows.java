package io.veza.migrations.rehearsal.observe;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.rehearsal.effect.RowDifference;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table at one moment, as digests.
 *
 * @param keyColumns the columns of its primary key, none without one
 * @param count the number of its rows
 * @param digest the sum of the digests of its rows
 * @param rows the rows, {@code null} if they are too many
 */
record TableRows(List<String> keyColumns, long count, BigInteger digest, @Nullable Collection<Row> rows) {

	static final TableRows NONE = new TableRows(List.of(), 0, BigInteger.ZERO, List.of());

	/** The number of changed rows if it cannot be told. */
	private static final long UNKNOWN = -1;

	private static final int KEYS = 5;

	private static final int KEY_LENGTH = 100;

	static TableRows of(List<String> keyColumns, Collection<Row> rows) {
		BigInteger digest = rows.stream().map((row) -> row.digest().sum()).reduce(BigInteger.ZERO, BigInteger::add);
		return new TableRows(keyColumns, rows.size(), digest, rows);
	}

	/**
	 * Return what became of the rows.
	 * @param table the table
	 * @param after its rows at a later moment
	 * @return the difference, or empty if there is none
	 */
	Optional<RowDifference> difference(String table, TableRows after) {
		if (this.count == after.count && this.digest.equals(after.digest)) {
			return Optional.empty();
		}
		if (this.rows == null || after.rows == null) {
			return Optional.of(new RowDifference(table, Math.max(0, this.count - after.count),
					Math.max(0, after.count - this.count), UNKNOWN, List.of()));
		}
		boolean keyed = !this.keyColumns.isEmpty() && this.keyColumns.equals(after.keyColumns);
		return Optional.of(difference(table, this.rows, after.rows, keyed));
	}

	/**
	 * Without a key to go by, a row that has changed is one that is gone and another one.
	 */
	private static RowDifference difference(String table, Collection<Row> before, Collection<Row> after,
			boolean keyed) {
		Map<Object, List<Row>> remaining = new HashMap<>();
		before.forEach((row) -> remaining.computeIfAbsent(row.identity(keyed), (key) -> new ArrayList<>(1)).add(row));
		List<String> added = new ArrayList<>();
		List<String> changed = new ArrayList<>();
		for (Row row : after) {
			List<Row> same = remaining.get(row.identity(keyed));
			if (same == null || same.isEmpty()) {
				added.add(row.key());
			}
			else if (!same.remove(same.size() - 1).digest().equals(row.digest())) {
				changed.add(row.key());
			}
		}
		List<String> gone = remaining.values().stream().flatMap(List::stream).map(Row::key).toList();
		return new RowDifference(table, gone.size(), added.size(), changed.size(), samples(gone, added, changed));
	}

	private static List<String> samples(List<String> gone, List<String> added, List<String> changed) {
		List<String> keys = new ArrayList<>();
		for (List<String> some : List.of(gone, changed, added)) {
			some.stream().sorted().limit(KEYS).map(TableRows::shortened).forEach(keys::add);
		}
		return keys.stream().limit(KEYS).toList();
	}

	private static String shortened(String key) {
		if (key.codePointCount(0, key.length()) <= KEY_LENGTH) {
			return key;
		}
		return key.substring(0, key.offsetByCodePoints(0, KEY_LENGTH - 1)) + "…";
	}

	/**
	 * A row.
	 *
	 * @param key its primary key as text, or the beginning of its text without one
	 * @param digest the digest of the names and the values of its columns
	 */
	record Row(String key, Digest digest) {

		private Object identity(boolean keyed) {
			return keyed ? this.key : this.digest;
		}

	}

	/**
	 * A digest of 128 bits.
	 *
	 * @param first one half
	 * @param second the other half
	 */
	record Digest(long first, long second) {

		/**
		 * Return the two halves as one number, such that those of several rows can be
		 * added by PostgreSQL as well.
		 * @return the number
		 */
		private BigInteger sum() {
			return BigInteger.valueOf(this.first).shiftLeft(Long.SIZE).add(BigInteger.valueOf(this.second));
		}

	}

}
