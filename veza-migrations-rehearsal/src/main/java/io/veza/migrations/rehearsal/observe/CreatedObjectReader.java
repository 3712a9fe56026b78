package io.veza.migrations.rehearsal.observe;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.CreatedObject.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects that are in one snapshot of the catalogs and were not in the one
 * before. What a partition or a child inherits from its parent is left out, because
 * nobody named it. No privileges are needed.
 */
public final class CreatedObjectReader {

	private static final Set<String> KINDS = Set.of("schema", "table", "foreign table", "view", "materialized view",
			"sequence", "column", "index", "constraint", "function", "procedure", "window function", "aggregate",
			"type", "domain", "trigger");

	private CreatedObjectReader() {
	}

	/**
	 * Ask about what is new.
	 * @param observer a connection that sees what was committed, with the search path of
	 * the snapshots
	 * @param changes what is different in the second snapshot
	 * @return the new objects that have names, in the order of the differences
	 * @throws SQLException if the query fails
	 */
	public static List<CreatedObject> read(Connection observer, List<CatalogDifference> changes) throws SQLException {
		List<CatalogDifference> fresh = changes.stream().filter(CreatedObjectReader::isNamed).toList();
		if (fresh.isEmpty()) {
			return List.of();
		}
		try (PreparedStatement statement = observer.prepareStatement(CreatedObjectQuery.SQL)) {
			statement.setArray(1, array(observer, fresh, CatalogDifference::kind));
			statement.setArray(2, array(observer, fresh, CatalogDifference::identity));
			statement.setArray(3, array(observer, fresh, CatalogDifference::relation));
			try (ResultSet rows = statement.executeQuery()) {
				List<CreatedObject> objects = new ArrayList<>();
				while (rows.next()) {
					objects.add(object(rows));
				}
				return objects;
			}
		}
	}

	/** A sequence that has a relation belongs to a column. */
	private static boolean isNamed(CatalogDifference change) {
		return change.before() == null && KINDS.contains(change.kind())
				&& !(change.kind().equals("sequence") && change.relation() != null);
	}

	private static Array array(Connection connection, List<CatalogDifference> changes,
			Function<CatalogDifference, @Nullable String> value) throws SQLException {
		return connection.createArrayOf("text", changes.stream().map(value).toArray());
	}

	private static CreatedObject object(ResultSet row) throws SQLException {
		String name = row.getString("name");
		String table = row.getString("table_name");
		String label = row.getString("label");
		boolean generated = table != null && label != null
				&& GeneratedObjectNames.isGenerated(name, table, names(row, "parts"), label);
		return new CreatedObject(Kind.valueOf(row.getString("kind")), row.getString("identity"),
				row.getString("relation"), table, name, row.getString("type"), names(row, "columns"),
				row.getBoolean("is_unique"), row.getBoolean("simple"), generated, row.getBoolean("reserved"));
	}

	private static List<String> names(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? List.of((String[]) array.getArray()) : List.of();
	}

}
