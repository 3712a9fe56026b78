package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import org.jspecify.annotations.Nullable;

/**
 * The warning about values that a DOWN brings back only if they are kept elsewhere: those
 * of columns and tables that are dropped and added again.
 */
final class LostValuesWarning {

	private static final int MAX_NAMED = 5;

	private LostValuesWarning() {
	}

	/**
	 * Return what to add to a consequence.
	 * @param rehearsed the migration
	 * @param table the table that the consequence is about, {@code null} for all
	 * @return sentences that begin with a blank, or an empty text
	 */
	static String of(RehearsedMigration rehearsed, @Nullable String table) {
		RehearsedSection down = rehearsed.down();
		if (down == null) {
			return "";
		}
		List<String> tables = addedAgain(rehearsed, down, "table", table).map(CatalogDifference::identity).toList();
		List<String> names = Stream
			.concat(tables.stream(),
					addedAgain(rehearsed, down, "column", table)
						.filter((column) -> column.relation() == null || !tables.contains(column.relation()))
						.map(CatalogDifference::identity))
			.toList();
		return names.isEmpty() ? "" : sentences(names);
	}

	private static String sentences(List<String> names) {
		int more = names.size() - MAX_NAMED;
		return " The DOWN adds %s%s again, but the values are gone for good, unless it fills them in from where the UP has kept them. Expand and contract instead: stop using it, and drop it in a later migration whose DOWN says that it is irreversible."
			.formatted(names.stream().limit(MAX_NAMED).collect(Collectors.joining("\", \"", "\"", "\"")),
					(more > 0) ? " and " + more + " more" : "");
	}

	private static Stream<CatalogDifference> addedAgain(RehearsedMigration rehearsed, RehearsedSection down,
			String kind, @Nullable String table) {
		Set<String> added = down.changes()
			.stream()
			.filter((change) -> change.kind().equals(kind) && change.before() == null)
			.map(CatalogDifference::identity)
			.collect(Collectors.toSet());
		return rehearsed.up()
			.changes()
			.stream()
			.filter((change) -> change.kind().equals(kind) && change.after() == null)
			.filter((change) -> table == null || table.equals(change.relation()))
			.filter((change) -> added.contains(change.identity()));
	}

}
