package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.RelationFacts.Constraint;

/**
 * Writes how constraints are added while others use their table.
 */
final class ValidatedLater {

	private ValidatedLater() {
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
				ALTER TABLE %1$s VALIDATE CONSTRAINT %2$s;""".formatted(table, Identifier.of(constraint.name()),
				constraint.definition().replaceFirst(" NOT VALID$", ""));
	}

}
