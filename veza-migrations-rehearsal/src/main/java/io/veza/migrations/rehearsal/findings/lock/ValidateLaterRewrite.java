package io.veza.migrations.rehearsal.findings.lock;

import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The statements that add a constraint while others use its table.
 */
final class ValidateLaterRewrite {

	private ValidateLaterRewrite() {
	}

	/**
	 * Return the statements that add a constraint.
	 * @param table the table
	 * @param constraint the constraint, validated or not
	 * @return the statements, with comments that say where to put them
	 */
	static String add(String table, Constraint constraint) {
		return """
				ALTER TABLE %1$s ADD CONSTRAINT %2$s %3$s NOT VALID;
				-- In a later migration, under a lock that keeps no reader and no writer waiting:
				ALTER TABLE %1$s VALIDATE CONSTRAINT %2$s;""".formatted(table,
				SqlQuoting.identifierIfNeeded(constraint.name()),
				constraint.definition().replaceFirst(" NOT VALID$", ""));
	}

}
