package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.effect.RelationFacts.Index;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.rehearsal.findings.TableRule;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds primary keys, unique and exclusion constraints that build an index
 * of their own instead of taking one that is there.
 */
public final class KeyAddedRule implements TableRule {

	@Override
	public FindingCode code() {
		return FindingCode.CONSTRAINT_BUILDS_INDEX;
	}

	@Override
	public List<Text> check(TableChange change) {
		return change.lock().blocksWrites() ? Stream.of("p", "u", "x")
			.flatMap((type) -> change.addedConstraints(type).stream())
			.filter((constraint) -> change.before().index(constraint.index()).isEmpty())
			.map((constraint) -> text(change, constraint))
			.toList() : List.of();
	}

	private static Text text(TableChange change, Constraint constraint) {
		return new Text(
				"Constraint \"%s\" of \"%s\" builds its index under %s.".formatted(constraint.name(), change.name(),
						LockDescription.of(change.lock())),
				LockDescription.waiting(change.lock())
						+ " until the whole index is built: the larger the table, the longer.",
				rewrite(change, constraint));
	}

	private static String rewrite(TableChange change, Constraint constraint) {
		Index index = change.after().index(constraint.index()).orElse(null);
		boolean partitioned = change.effect().kind() == RelationKind.PARTITIONED_TABLE;
		if (index == null || partitioned || constraint.type().equals("x")) {
			return """
					-- PostgreSQL has no way to build this index while others write. While nobody uses the table:
					-- veza: accept constraint-builds-index <reason>
					ALTER TABLE %s ADD CONSTRAINT %s %s;""".formatted(change.name(),
					SqlQuoting.identifierIfNeeded(constraint.name()), constraint.definition());
		}
		String kind = constraint.type().equals("p") ? "PRIMARY KEY" : "UNIQUE";
		return """
				%s
				-- In a later migration%s:
				ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s%s;""".formatted(ConcurrentIndexRewrite.create(index),
				needsNotNull(change, constraint) ? ", when the columns are NOT NULL" : "", change.name(),
				SqlQuoting.identifierIfNeeded(constraint.name()), kind, SqlQuoting.identifierIfNeeded(index.name()),
				deferred(constraint));
	}

	private static boolean needsNotNull(TableChange change, Constraint constraint) {
		return constraint.type().equals("p") && constraint.columns()
			.stream()
			.anyMatch((number) -> !change.before().column(number).map(Column::notNull).orElse(false));
	}

	private static String deferred(Constraint constraint) {
		int at = constraint.definition().indexOf(" DEFERRABLE");
		return (at >= 0) ? constraint.definition().substring(at) : "";
	}

}
