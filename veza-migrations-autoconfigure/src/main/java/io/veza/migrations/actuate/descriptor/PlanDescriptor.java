package io.veza.migrations.actuate.descriptor;

import java.util.List;
import java.util.Locale;

import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.ServerSession;
import io.veza.migrations.status.AffectedTable;
import io.veza.migrations.status.PlanOutlook;
import org.jspecify.annotations.Nullable;

/**
 * The plan of an operation.
 *
 * @param operation {@code migrate} or {@code rollback}
 * @param migrations the migrations in the order in which they would run
 * @param segments what stands or falls together
 * @param warnings what to know before it runs
 * @param problems why it would be refused; empty if it may run
 * @param tables the tables on which it would work, as they are right now
 * @param losses the data that a rollback is expected to destroy
 * @param lossesUnknown the versions of which it is not known before what they destroy
 * @param backup what would be kept before a rollback, {@code null} for anything else
 * @param token what to hand back to run exactly this plan
 * @since 0.1.0
 */
public record PlanDescriptor(String operation, List<PlannedMigration> migrations, List<PlannedSegment> segments,
		List<String> warnings, List<String> problems, List<PlannedTable> tables, List<LossDescriptor> losses,
		List<String> lossesUnknown, @Nullable PlannedBackup backup, String token) {

	/**
	 * Describe a plan.
	 * @param outlook the plan, and what it would meet
	 * @return the descriptor
	 */
	public static PlanDescriptor of(PlanOutlook outlook) {
		MigrationPlan plan = outlook.plan();
		PlanOutlook.BackupOutlook backup = outlook.backup();
		return new PlanDescriptor(plan.operation().id(), plan.steps().stream().map(PlannedMigration::of).toList(),
				plan.segments().stream().map(PlannedSegment::of).toList(), plan.warnings(),
				plan.problems().stream().map(PlanProblem::message).toList(),
				outlook.tables().stream().map(PlannedTable::of).toList(),
				outlook.losses().stream().map(LossDescriptor::of).toList(),
				outlook.unknown().stream().map(MigrationVersion::text).toList(),
				(backup != null) ? new PlannedBackup(backup.mode().id(), backup.description()) : null,
				outlook.token().text());
	}

	/**
	 * A table on which a plan would work.
	 *
	 * @param name the name
	 * @param bytes the size with indexes, {@code null} while somebody keeps everybody
	 * from it
	 * @param rows how many rows the server estimates, {@code null} if it does not know
	 * @param lockedBy the sessions that hold a lock on it right now
	 */
	public record PlannedTable(String name, @Nullable Long bytes, @Nullable Long rows, List<String> lockedBy) {

		static PlannedTable of(AffectedTable table) {
			return new PlannedTable(table.name(), table.bytes(), table.rows(),
					table.holders().stream().map(ServerSession::describe).toList());
		}

	}

	/**
	 * The backup that would be made before a rollback.
	 *
	 * @param mode {@code in-database}, {@code pg-dump} or {@code none}
	 * @param description what would happen
	 */
	public record PlannedBackup(String mode, String description) {
	}

	/**
	 * The migrations that share a transaction, or one that runs statement by statement.
	 *
	 * @param transactional whether they share a transaction
	 * @param versions the versions
	 */
	public record PlannedSegment(boolean transactional, List<String> versions) {

		static PlannedSegment of(PlanSegment segment) {
			return new PlannedSegment(segment.transactional(),
					segment.steps().stream().map((step) -> step.version().text()).toList());
		}

	}

	/**
	 * A migration that would run.
	 *
	 * @param version the version
	 * @param description the description
	 * @param file the file, or what stands for it
	 * @param source {@code file} or {@code stored}
	 * @param transactional whether it runs in a transaction
	 * @param statementCount how many statements there are
	 * @param statements the statements, as many as 256 KB of SQL hold
	 * @param truncated whether statements or parts of one are left out
	 * @param rehearsal what is known of it from a rehearsal, {@code null} if nothing is
	 */
	public record PlannedMigration(String version, String description, String file, String source,
			boolean transactional, int statementCount, List<PlannedStatement> statements, boolean truncated,
			@Nullable KnownRehearsalDescriptor rehearsal) {

		static PlannedMigration of(PlanStep step) {
			TruncatedStatements list = TruncatedStatements.of(step);
			return new PlannedMigration(step.version().text(), step.description(), step.file(),
					step.source().name().toLowerCase(Locale.ROOT), step.section().transactional(),
					step.section().statementCount(), list.statements(), list.truncated(),
					KnownRehearsalDescriptor.of(step.rehearsal()));
		}

	}

	/**
	 * A statement that would run.
	 *
	 * @param sql its text, without the data of a {@code COPY}
	 * @param file the file, or what stands for it
	 * @param line the line on which it starts
	 * @param done whether an earlier run has done it, so that it would be passed over
	 */
	public record PlannedStatement(String sql, String file, int line, boolean done) {
	}

}
