package io.veza.migrations.actuate;

import java.util.List;
import java.util.Locale;

import io.veza.migrations.MigrationPlan;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;

/**
 * What would run.
 *
 * @param operation {@code migrate} or {@code rollback}
 * @param migrations the migrations in the order in which they would run
 * @param segments what stands or falls together
 * @param warnings what to know before it runs
 * @param problems why it would be refused; empty if it may run
 * @since 0.1.0
 */
public record PlanDescriptor(String operation, List<PlannedMigration> migrations, List<Segment> segments,
		List<String> warnings, List<String> problems) {

	/**
	 * Describe a plan.
	 * @param plan the plan
	 * @return the descriptor
	 */
	public static PlanDescriptor of(MigrationPlan plan) {
		return new PlanDescriptor(plan.operation().id(), plan.steps().stream().map(PlannedMigration::of).toList(),
				plan.segments().stream().map(Segment::of).toList(), plan.warnings(),
				plan.problems().stream().map(PlanProblem::message).toList());
	}

	/**
	 * The migrations that share a transaction, or one that runs statement by statement.
	 *
	 * @param transactional whether they share a transaction
	 * @param versions the versions
	 */
	public record Segment(boolean transactional, List<String> versions) {

		static Segment of(PlanSegment segment) {
			return new Segment(segment.transactional(),
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
	 */
	public record PlannedMigration(String version, String description, String file, String source,
			boolean transactional, int statementCount, List<Statement> statements, boolean truncated) {

		static PlannedMigration of(PlanStep step) {
			StatementList list = StatementList.of(step);
			return new PlannedMigration(step.version().text(), step.description(), step.file(),
					step.source().name().toLowerCase(Locale.ROOT), step.section().transactional(),
					step.section().statementCount(), list.statements(), list.truncated());
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
	public record Statement(String sql, String file, int line, boolean done) {
	}

}
