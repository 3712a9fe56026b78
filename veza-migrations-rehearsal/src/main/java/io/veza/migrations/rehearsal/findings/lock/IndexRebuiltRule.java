package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.rehearsal.effect.RelationFacts.Index;
import io.veza.migrations.rehearsal.findings.ColumnSwapRewrite;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds indexes that are built again though their table is not. That
 * happens without {@code REINDEX}, too, when a column gets a type with the same values
 * and another order.
 */
public final class IndexRebuiltRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.REINDEX_BLOCKS_WRITES;
	}

	@Override
	public List<Text> check(TableChange change) {
		boolean tableStays = !change.rewritten() && !change.effect().truncated();
		List<Index> rebuilt = change.rebuiltIndexes()
			.stream()
			.filter((index) -> !servesAddedConstraint(change, index))
			.toList();
		return (change.lock().blocksWrites() && tableStays && !rebuilt.isEmpty()) ? List.of(text(change, rebuilt))
				: List.of();
	}

	private static boolean servesAddedConstraint(TableChange change, Index index) {
		return Stream.of("p", "u", "x")
			.flatMap((type) -> change.addedConstraints(type).stream())
			.anyMatch((constraint) -> constraint.index() == index.oid());
	}

	private static Text text(TableChange change, List<Index> indexes) {
		String names = indexes.stream().map((index) -> '"' + index.name() + '"').collect(Collectors.joining(", "));
		String message = "%s %s of \"%s\" %s built again under %s.".formatted(
				(indexes.size() == 1) ? "Index" : "Indexes", names, change.name(), (indexes.size() == 1) ? "is" : "are",
				LockDescription.of(change.lock()));
		String consequence = "Whoever writes to the table waits until that is done, and so does who reads it.";
		return new Text(message, consequence, change.retypedColumns().isEmpty() ? reindex(change, indexes)
				: ColumnSwapRewrite.retype(change, change.retypedColumns().get(0)));
	}

	private static String reindex(TableChange change, List<Index> indexes) {
		return indexes.stream()
			.map((index) -> SqlQuoting.identifierIfNeeded(change.after().schema(), index.name()))
			.map("REINDEX INDEX CONCURRENTLY %s;"::formatted)
			.collect(Collectors.joining("\n", "-- In a migration of its own:\n", ""));
	}

}
