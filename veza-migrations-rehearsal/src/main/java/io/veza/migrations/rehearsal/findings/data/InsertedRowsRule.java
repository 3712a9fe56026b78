package io.veza.migrations.rehearsal.findings.data;

import java.util.HashSet;
import java.util.Set;

import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;
import io.veza.migrations.rehearsal.findings.QualifiedTableName;

/**
 * The rule that finds rows that are inserted into tables that are not declared to hold
 * reference data. A statement that reads rows of another table copies what is there.
 */
public final class InsertedRowsRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		Set<String> seen = new HashSet<>();
		for (StatementEffect statement : subject.rehearsed().up().statements()) {
			for (RelationEffect effect : statement.relations()) {
				if (isSeed(statement, effect) && !isDeclared(subject.referenceTables(), statement, effect)
						&& seen.add(effect.relation())) {
					found.add(FindingCode.ROWS_INSERTED, statement, effect.relation(), text(effect));
				}
			}
		}
	}

	private static boolean isSeed(StatementEffect statement, RelationEffect effect) {
		return effect.rowsInserted() > 0 && effect.kind() == RelationKind.TABLE
				&& statement.relations()
					.stream()
					.noneMatch((other) -> !other.relation().equals(effect.relation()) && other.rowsRead() > 0);
	}

	/** PostgreSQL counts the rows of a partitioned table at its partitions. */
	private static boolean isDeclared(Set<String> declared, StatementEffect statement, RelationEffect effect) {
		return QualifiedTableName.isAmong(declared, effect.relation()) || statement.relations()
			.stream()
			.anyMatch((other) -> other.kind() == RelationKind.PARTITIONED_TABLE
					&& QualifiedTableName.isAmong(declared, other.relation()));
	}

	private static Text text(RelationEffect effect) {
		return new Text(
				"The UP inserts %d row(s) into \"%s\", which is not declared to hold reference data."
					.formatted(effect.rowsInserted(), effect.relation()),
				"Every database gets them, production too, and nothing tells them from the rows of users afterwards.",
				"""
						-- If all databases need these rows, declare the table:
						-- veza.migrations.rehearsal.reference-tables=%s
						-- If not, leave them to a seeder that runs where they are wanted."""
					.formatted(effect.relation()));
	}

}
