package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts.Index;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds indexes that are built while writers wait. The index of a
 * constraint belongs to the constraint, and an index on a partitioned table alone has
 * nothing to build.
 */
public final class IndexBuiltRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.INDEX_BLOCKS_WRITES;
	}

	@Override
	public List<Text> check(TableChange change) {
		return change.lock().blocksWrites() ? change.addedIndexes()
			.stream()
			.filter((index) -> !change.servesConstraint(index))
			.filter((index) -> change.effect().kind() != RelationKind.PARTITIONED_TABLE || index.valid())
			.map((index) -> text(change, index))
			.toList() : List.of();
	}

	private static Text text(TableChange change, Index index) {
		return new Text(
				"Index \"%s\" is built on \"%s\" under %s.".formatted(index.name(), change.name(),
						LockDescription.of(change.lock())),
				LockDescription.waiting(change.lock())
						+ " until the whole index is built: the larger the table, the longer.",
				(change.effect().kind() == RelationKind.PARTITIONED_TABLE) ? partitioned(change, index)
						: ConcurrentIndexRewrite.create(index));
	}

	private static String partitioned(TableChange change, Index index) {
		return """
				-- The index of the partitioned table alone, which builds nothing:
				%s;
				-- For each partition, in a migration of its own:
				CREATE INDEX CONCURRENTLY index_of_partition ON partition (…);
				-- Last, for each partition:
				ALTER INDEX %s ATTACH PARTITION index_of_partition;""".formatted(index.definition(),
				SqlQuoting.identifierIfNeeded(change.after().schema(), index.name()));
	}

}
