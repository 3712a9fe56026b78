package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.RelationFacts.Index;
import io.veza.migrations.rehearsal.RelationKind;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for indexes whose dropping keeps readers waiting. The index of a constraint or of
 * a column goes with that, and a lock that is held anyway makes nobody wait who does not
 * wait already.
 */
final class IndexDropped implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.INDEX_DROP_BLOCKS_READS;
	}

	@Override
	public List<Text> look(TableChange change) {
		boolean waits = change.lock().blocksReads() && change.effect().lockTaken() && change.goneColumns().isEmpty();
		return waits ? change.goneIndexes()
			.stream()
			.filter((index) -> !change.servesConstraint(index))
			.map((index) -> text(change, index))
			.toList() : List.of();
	}

	private static Text text(TableChange change, Index index) {
		return new Text("Index \"%s\" of \"%s\" is dropped under %s.".formatted(index.name(), change.name(), LockWords
			.of(change.lock())), LockWords.waiting(change.lock())
					+ ", as long as this statement waits for those who use it now, and then until the transaction ends.",
				rewrite(change, Identifier.of(change.before().schema(), index.name())));
	}

	private static String rewrite(TableChange change, String index) {
		return (change.effect().kind() == RelationKind.PARTITIONED_TABLE) ? """
				-- PostgreSQL cannot drop the index of a partitioned table concurrently. Alone in its migration:
				-- veza: lock-timeout=1s
				-- veza: accept index-drop-blocks-reads <reason>
				DROP INDEX %s;""".formatted(index) : """
				-- In a migration of its own:
				DROP INDEX CONCURRENTLY %s;""".formatted(index);
	}

}
