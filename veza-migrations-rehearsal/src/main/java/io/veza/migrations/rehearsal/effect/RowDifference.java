package io.veza.migrations.rehearsal.effect;

import java.util.List;

/**
 * Rows of a table that are not what they were.
 *
 * @param table the table
 * @param gone the number of rows that are gone
 * @param added the number of rows that were not there
 * @param changed the number of rows of which something else than the key changed; −1 if
 * the table has too many rows to tell, and then the other numbers are only how many rows
 * it has less or more
 * @param keys the keys of some of them
 */
public record RowDifference(String table, long gone, long added, long changed, List<String> keys) {

	public RowDifference {
		keys = List.copyOf(keys);
	}

	/**
	 * Return the difference in words.
	 * @return the table, the numbers and the keys
	 */
	public String describe() {
		String counts = "table %s: %d row(s) gone, %d added, %s changed".formatted(this.table, this.gone, this.added,
				(this.changed < 0) ? "an unknown number" : String.valueOf(this.changed));
		return this.keys.isEmpty() ? counts : counts + ", such as " + String.join(", ", this.keys);
	}

}
