package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.actuate.PlanDescriptor;
import io.veza.migrations.actuate.PlanDescriptor.PlannedMigration;
import io.veza.migrations.actuate.PlanDescriptor.Segment;
import io.veza.migrations.actuate.PlanDescriptor.Statement;

/**
 * A plan as people read it.
 */
final class PlanText {

	private PlanText() {
	}

	static TextLines of(PlanDescriptor plan) {
		TextLines text = new TextLines();
		text.line("Plan of " + plan.operation() + ": "
				+ (plan.migrations().isEmpty() ? "nothing to do" : plan.migrations().size() + " migration(s)"));
		for (Segment segment : plan.segments()) {
			text.line("").line(segment.transactional() ? "In one transaction:" : "Statement by statement:");
			plan.migrations()
				.stream()
				.filter((migration) -> segment.versions().contains(migration.version()))
				.forEach((migration) -> addMigration(text, migration));
		}
		return text.list("Warnings", plan.warnings()).list("Refused", plan.problems());
	}

	private static void addMigration(TextLines text, PlannedMigration migration) {
		text.indented(1, migration.version() + " " + migration.description());
		for (Statement statement : migration.statements()) {
			text.indented(2, statement.file() + ":" + statement.line()
					+ (statement.done() ? " (done by an earlier run, passed over)" : ""));
			text.indented(3, statement.sql());
		}
		if (migration.truncated()) {
			text.indented(2, "… cut: " + migration.statementCount() + " statements in all");
		}
	}

}
