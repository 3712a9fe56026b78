package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;

/**
 * The rule that finds tables that were emptied at once.
 */
public final class TableTruncatedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.TABLE_TRUNCATED;
	}

	@Override
	public List<Text> check(TableChange change) {
		boolean table = change.effect().kind() != RelationKind.MATERIALIZED_VIEW;
		return (change.effect().truncated() && table) ? List.of(text(change)) : List.of();
	}

	private static Text text(TableChange change) {
		return new Text("\"%s\" is truncated under %s.".formatted(change.name(), LockDescription
			.of(change.lock())), LockDescription.waiting(change.lock())
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
