package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.actuate.descriptor.KnownRehearsalDescriptor;
import io.veza.migrations.actuate.descriptor.LossDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedBackup;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedMigration;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedSegment;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedStatement;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedTable;
import org.jspecify.annotations.Nullable;

/**
 * A plan as people read it.
 */
final class PlanTextFormat {

	private PlanTextFormat() {
	}

	static OutputTextLines of(PlanDescriptor plan) {
		OutputTextLines text = new OutputTextLines();
		text.line("Plan of " + plan.operation() + ": "
				+ (plan.migrations().isEmpty() ? "nothing to do" : plan.migrations().size() + " migration(s)"));
		for (PlannedSegment segment : plan.segments()) {
			text.line("").line(segment.transactional() ? "In one transaction:" : "Statement by statement:");
			plan.migrations()
				.stream()
				.filter((migration) -> segment.versions().contains(migration.version()))
				.forEach((migration) -> addMigration(text, migration));
		}
		text.list("Tables", plan.tables().stream().map(PlanTextFormat::describe).toList());
		text.list("Expected losses", plan.losses().stream().map(PlanTextFormat::describe).toList());
		if (!plan.lossesUnknown().isEmpty()) {
			text.line("")
				.line("Nothing is recorded of " + String.join(", ", plan.lossesUnknown())
						+ ": what their DOWNs destroy is not known before.");
		}
		PlannedBackup backup = plan.backup();
		if (backup != null) {
			text.line("").line("Backup (" + backup.mode() + "): " + backup.description());
		}
		text.list("Warnings", plan.warnings()).list("Refused", plan.problems());
		boolean runnable = plan.problems().isEmpty() && !plan.migrations().isEmpty();
		return runnable ? text.line("").line("Token: " + plan.token()) : text;
	}

	private static String describe(PlannedTable table) {
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

	private static void addRehearsal(OutputTextLines text, @Nullable KnownRehearsalDescriptor rehearsal) {
		if (rehearsal != null) {
			text.indented(2, "Rehearsed: " + rehearsal.reversibility());
			rehearsal.findings()
				.stream()
				.filter((finding) -> finding.accepted() == null)
				.forEach((finding) -> text.indented(3, "[" + finding.severity() + "] " + finding.code() + " at "
						+ finding.file() + ":" + finding.line() + ": " + finding.message()));
		}
	}

	private static void addMigration(OutputTextLines text, PlannedMigration migration) {
		text.indented(1, migration.version() + " " + migration.description());
		addRehearsal(text, migration.rehearsal());
		for (PlannedStatement statement : migration.statements()) {
			text.indented(2, statement.file() + ":" + statement.line()
					+ (statement.done() ? " (done by an earlier run, passed over)" : ""));
			text.indented(3, statement.sql());
		}
		if (migration.truncated()) {
			text.indented(2, "… cut: " + migration.statementCount() + " statements in all");
		}
	}

}
