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
 * The rule that finds indexes whose dropping keeps readers waiting. The index of a
 * constraint or of a column goes with that, and a lock that is held anyway makes nobody
 * wait who does not wait already.
 */
public final class IndexDroppedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.INDEX_DROP_BLOCKS_READS;
	}

	@Override
	public List<Text> check(TableChange change) {
		boolean waits = change.lock().blocksReads() && change.effect().lockTaken() && change.goneColumns().isEmpty();
		return waits ? change.goneIndexes()
			.stream()
			.filter((index) -> !change.servesConstraint(index))
			.map((index) -> text(change, index))
			.toList() : List.of();
	}

	private static Text text(TableChange change, Index index) {
		return new Text("Index \"%s\" of \"%s\" is dropped under %s.".formatted(index.name(), change
			.name(), LockDescription.of(change.lock())), LockDescription.waiting(change.lock())
					+ ", as long as this statement waits for those who use it now, and then until the transaction ends.",
				rewrite(change, SqlQuoting.identifierIfNeeded(change.before().schema(), index.name())));
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
