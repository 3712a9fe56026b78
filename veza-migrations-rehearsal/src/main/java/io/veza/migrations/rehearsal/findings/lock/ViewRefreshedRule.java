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
 * The rule that finds materialized views whose readers wait until they are filled again.
 */
public final class ViewRefreshedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.REFRESH_BLOCKS_READS;
	}

	@Override
	public List<Text> check(TableChange change) {
		boolean refreshed = change.rewritten() && change.effect().kind() == RelationKind.MATERIALIZED_VIEW;
		return (refreshed && change.lock().blocksReads()) ? List.of(text(change)) : List.of();
	}

	private static Text text(TableChange change) {
		boolean keyed = change.after().indexes().stream().anyMatch(Index::unique);
		String index = keyed ? "" : """
				-- Once, in a migration of its own, on columns that tell its rows apart:
				CREATE UNIQUE INDEX CONCURRENTLY %s ON %s (…);
				-- In a later migration:
				""".formatted(SqlQuoting.identifierIfNeeded("unique_" + change.after().name()), change.name());
		return new Text(
				"Materialized view \"%s\" is filled again under %s.".formatted(change.name(),
						LockDescription.of(change.lock())),
				"Whoever reads it waits until its query has run and its indexes are built.",
				index + "REFRESH MATERIALIZED VIEW CONCURRENTLY %s;".formatted(change.name()));
	}

}
