package io.veza.migrations.engine.outlook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.DataLoss;
import io.veza.migrations.status.AffectedTable;
import org.jspecify.annotations.Nullable;

/**
 * The data that a rollback is expected to destroy: tables and columns that the UPs added.
 */
final class ExpectedDataLosses {

	private static final String TABLE = "table";

	private static final String COLUMN = "column";

	private final Map<String, AffectedTable> tables = new HashMap<>();

	ExpectedDataLosses(List<AffectedTable> tables) {
		tables.forEach((table) -> this.tables.put(table.name(), table));
	}

	/**
	 * Return what is expected to be destroyed.
	 * @param changes what the UPs did
	 * @return tables with their rows, and columns of tables that stay
	 */
	List<DataLoss> of(List<CatalogDifference> changes) {
		List<DataLoss> losses = new ArrayList<>();
		Map<String, List<String>> columns = new LinkedHashMap<>();
		for (CatalogDifference change : changes) {
			String relation = change.relation();
			if (change.before() != null || relation == null || !this.tables.containsKey(relation)) {
				continue;
			}
			if (change.kind().equals(TABLE)) {
				losses.add(new DataLoss(DataLoss.Kind.TABLE, relation, List.of(), rows(relation), true));
			}
			else if (change.kind().equals(COLUMN) && !isNew(relation, changes)) {
				columns.computeIfAbsent(relation, (key) -> new ArrayList<>())
					.add(change.identity().substring(relation.length() + 1));
			}
		}
		columns.forEach((relation, names) -> losses
			.add(new DataLoss(DataLoss.Kind.COLUMNS, relation, names, rows(relation), true)));
		return losses;
	}

	private @Nullable Long rows(String relation) {
		AffectedTable table = this.tables.get(relation);
		return (table != null) ? table.rows() : null;
	}

	private static boolean isNew(String relation, List<CatalogDifference> changes) {
		return changes.stream()
			.anyMatch((change) -> change.kind().equals(TABLE) && change.before() == null
					&& relation.equals(change.relation()));
	}

}
