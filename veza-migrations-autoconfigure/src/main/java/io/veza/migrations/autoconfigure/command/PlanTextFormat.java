package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.actuate.PlanDescriptor;
import io.veza.migrations.actuate.LossDescriptor;
import io.veza.migrations.actuate.PlanDescriptor.BackupPlan;
import io.veza.migrations.actuate.KnownVerdict;
import io.veza.migrations.actuate.PlanDescriptor.PlannedMigration;
import io.veza.migrations.actuate.PlanDescriptor.Segment;
import io.veza.migrations.actuate.PlanDescriptor.Statement;
import io.veza.migrations.actuate.PlanDescriptor.Table;
import org.jspecify.annotations.Nullable;

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
		text.list("Tables", plan.tables().stream().map(PlanText::describe).toList());
		text.list("Expected losses", plan.losses().stream().map(PlanText::describe).toList());
		if (!plan.lossesUnknown().isEmpty()) {
			text.line("")
				.line("Nothing is recorded of " + String.join(", ", plan.lossesUnknown())
						+ ": what their DOWNs destroy is not known before.");
		}
		BackupPlan backup = plan.backup();
		if (backup != null) {
			text.line("").line("Backup (" + backup.mode() + "): " + backup.description());
		}
		text.list("Warnings", plan.warnings()).list("Refused", plan.problems());
		boolean runnable = plan.problems().isEmpty() && !plan.migrations().isEmpty();
		return runnable ? text.line("").line("Token: " + plan.token()) : text;
	}

	private static String describe(Table table) {
		String rows = (table.rows() != null) ? "about " + table.rows() + " row(s)" : "unknown number of rows";
		String locks = table.lockedBy().isEmpty() ? "" : ", locked by " + String.join("; ", table.lockedBy());
		String bytes = (table.bytes() != null) ? table.bytes() + " bytes" : "unknown size";
		return table.name() + ": " + bytes + ", " + rows + locks;
	}

	private static String describe(LossDescriptor loss) {
		String columns = loss.columns().isEmpty() ? "" : " (" + String.join(", ", loss.columns()) + ")";
		String rows = (loss.rows() != null) ? ", about " + loss.rows() + " row(s)" : "";
		return loss.kind() + " " + loss.object() + columns + rows;
	}

	private static void addRehearsal(TextLines text, @Nullable KnownVerdict rehearsal) {
		if (rehearsal != null) {
			text.indented(2, "Rehearsed: " + rehearsal.reversibility());
			rehearsal.findings()
				.stream()
				.filter((finding) -> finding.accepted() == null)
				.forEach((finding) -> text.indented(3, "[" + finding.severity() + "] " + finding.code() + " at "
						+ finding.file() + ":" + finding.line() + ": " + finding.message()));
		}
	}

	private static void addMigration(TextLines text, PlannedMigration migration) {
		text.indented(1, migration.version() + " " + migration.description());
		addRehearsal(text, migration.rehearsal());
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
