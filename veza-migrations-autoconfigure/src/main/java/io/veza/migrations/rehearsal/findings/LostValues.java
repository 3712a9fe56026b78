package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.rehearsal.RehearsedMigration;
import io.veza.migrations.rehearsal.RehearsedSection;
import org.jspecify.annotations.Nullable;

/**
 * Says which values no DOWN can bring back: those of columns that are dropped and added
 * again.
 */
final class LostValues {

	private LostValues() {
	}

	/**
	 * Return what to add to a consequence.
	 * @param rehearsed the migration
	 * @param table the table that the consequence is about, {@code null} for all
	 * @return sentences that begin with a blank, or an empty text
	 */
	static String of(RehearsedMigration rehearsed, @Nullable String table) {
		List<String> columns = columns(rehearsed, table);
		if (columns.isEmpty()) {
			return "";
		}
		return " The DOWN adds %s again, but the values are gone for good. Expand and contract instead: make the column nullable, stop using it, and drop it in a later migration whose DOWN says that it is irreversible."
			.formatted(columns.stream().collect(Collectors.joining("\", \"", "\"", "\"")));
	}

	private static List<String> columns(RehearsedMigration rehearsed, @Nullable String table) {
		RehearsedSection down = rehearsed.down();
		if (down == null) {
			return List.of();
		}
		Set<String> added = down.changes()
			.stream()
			.filter((change) -> change.kind().equals("column") && change.before() == null)
			.map(CatalogDifference::identity)
			.collect(Collectors.toSet());
		return rehearsed.up()
			.changes()
			.stream()
			.filter((change) -> change.kind().equals("column") && change.after() == null)
			.filter((change) -> table == null || table.equals(change.relation()))
			.map(CatalogDifference::identity)
			.filter(added::contains)
			.toList();
	}

}
