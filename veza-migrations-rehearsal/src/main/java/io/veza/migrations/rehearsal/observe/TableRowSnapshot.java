package io.veza.migrations.rehearsal.observe;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.veza.migrations.rehearsal.effect.RowDifference;

/**
 * The rows of tables at one moment.
 *
 * @param tables the rows by the tables that there are
 */
public record TableRowSnapshot(Map<String, TableRows> tables) {

	public TableRowSnapshot {
		tables = Map.copyOf(tables);
	}

	/**
	 * Return what became of the rows. A table that is not there has none.
	 * @param after the rows at a later moment
	 * @return the differences in the order of the tables
	 */
	List<RowDifference> differences(TableRowSnapshot after) {
		Set<String> names = new TreeSet<>(this.tables.keySet());
		names.addAll(after.tables.keySet());
		return names.stream().flatMap((name) -> rows(name).difference(name, after.rows(name)).stream()).toList();
	}

	private TableRows rows(String table) {
		return this.tables.getOrDefault(table, TableRows.NONE);
	}

}
