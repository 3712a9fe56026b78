package io.veza.migrations.engine.operation;

import java.util.Optional;
import java.util.regex.Pattern;

import io.veza.migrations.MigrationPlan;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;

/**
 * Statements of DOWNs that run outside of a transaction and may destroy data: they cannot
 * be tried out, so that what they destroy is not known before.
 */
final class UnkeptRollbackStatements {

	/** How such a rollback is possible. */
	static final String WAY_OUT = "Ask for the backup \"pg-dump\", or \"none\" if the data may be lost "
			+ "(veza.migrations.backup.mode, or \"backup\" in the request).";

	/** Statements that have nothing to do with what tables hold. */
	private static final Pattern HARMLESS = Pattern.compile("(VACUUM|ANALYZE|REINDEX|SET|RESET|COMMENT)\\b",
			Pattern.CASE_INSENSITIVE);

	private UnkeptRollbackStatements() {
	}

	/**
	 * Find the first such statement.
	 * @param plan the rollback
	 * @return what is wrong with it, or empty if there is none
	 */
	static Optional<String> find(MigrationPlan plan) {
		return plan.segments()
			.stream()
			.filter((segment) -> !segment.transactional())
			.map(PlanSegment::steps)
			.flatMap((steps) -> find(steps.get(0)).stream())
			.findFirst();
	}

	private static Optional<String> find(PlanStep step) {
		try (StatementReader reader = step.section().script().open()) {
			while (reader.hasNext()) {
				SqlStatement statement = reader.next();
				if (mayDestroy(statement)) {
					return Optional.of("What the statement at " + step.file() + ":" + statement.line()
							+ " may destroy cannot be kept in the database: the DOWN of version \"" + step.version()
							+ "\" runs statement by statement, so that it cannot be tried out.");
				}
			}
			return Optional.empty();
		}
	}

	private static boolean mayDestroy(SqlStatement statement) {
		return switch (statement.kind()) {
			case INDEX_CONCURRENTLY, DETACH_CONCURRENTLY, VALIDATE_CONSTRAINT, BEGIN, COMMIT, ROLLBACK -> false;
			case ORDINARY, QUERY, COPY_FROM_STDIN, REFUSES_TRANSACTION ->
				!HARMLESS.matcher(statement.sql()).lookingAt();
		};
	}

}
