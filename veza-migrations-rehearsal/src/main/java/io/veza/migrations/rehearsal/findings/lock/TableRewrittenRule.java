package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;

/**
 * The rule that finds tables that were rewritten though neither a type nor a new column
 * asked for it.
 */
public final class TableRewrittenRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.TABLE_REWRITTEN;
	}

	@Override
	public List<Text> check(TableChange change) {
		boolean otherwise = change.rewritten() && change.retypedColumns().isEmpty() && change.addedColumns().isEmpty();
		return (otherwise && change.effect().kind() != RelationKind.MATERIALIZED_VIEW) ? List.of(text(change))
				: List.of();
	}

	private static Text text(TableChange change) {
		return new Text("\"%s\" is rewritten under %s.".formatted(change.name(), LockDescription.of(change.lock())),
				LockDescription.waiting(change.lock())
						+ " until all rows and indexes are written again, which takes as much room once more.",
				rewrite(change));
	}

	private static String rewrite(TableChange change) {
		boolean moved = !change.before().persistence().equals(change.after().persistence())
				|| change.before().tablespace() != change.after().tablespace();
		return moved ? """
				-- PostgreSQL does this under that lock only. While nobody uses the table:
				-- veza: accept table-rewritten <reason>""" : """
				-- To make room for rows to come, which keeps nobody waiting:
				VACUUM (ANALYZE) %s;
				-- To give the room back, while nobody uses the table:
				-- veza: accept table-rewritten <reason>""".formatted(change.name());
	}

}
