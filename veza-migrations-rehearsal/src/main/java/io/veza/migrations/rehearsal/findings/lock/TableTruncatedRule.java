package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.RelationKind;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for tables that were emptied at once.
 */
final class TableTruncated implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.TABLE_TRUNCATED;
	}

	@Override
	public List<Text> look(TableChange change) {
		boolean table = change.effect().kind() != RelationKind.MATERIALIZED_VIEW;
		return (change.effect().truncated() && table) ? List.of(text(change)) : List.of();
	}

	private static Text text(TableChange change) {
		return new Text("\"%s\" is truncated under %s.".formatted(change.name(), LockWords.of(change.lock())), LockWords
			.waiting(change.lock())
				+ " until the transaction ends. Then it has no row for anybody, not even for who began to read before.",
				"""
						-- In a migration of its own:
						-- veza: transaction=off
						DO $$
						BEGIN
						    LOOP
						        DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s LIMIT 1000));
						        EXIT WHEN NOT FOUND;
						        COMMIT;
						    END LOOP;
						END;
						$$;""".formatted(change.name()));
	}

}
