package io.veza.migrations.actuate.descriptor;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.MigrationProgress;
import io.veza.migrations.PlanStep;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;

/**
 * The statements of a step that are shown: as many as 256 KB of SQL hold, so that a plan
 * fits into memory whatever the files are.
 *
 * @param statements the statements
 * @param truncated whether statements or parts of one are left out
 */
record TruncatedStatements(List<PlanDescriptor.PlannedStatement> statements, boolean truncated) {

	static TruncatedStatements of(PlanStep step) {
		return of(step, TruncatedText.LIMIT);
	}

	static TruncatedStatements of(PlanStep step, int limit) {
		MigrationProgress progress = step.progress();
		int done = (progress != null) ? progress.statements().size() : 0;
		List<PlanDescriptor.PlannedStatement> shown = new ArrayList<>();
		int left = limit;
		try (StatementReader reader = step.section().script().open()) {
			while (reader.hasNext()) {
				SqlStatement statement = reader.next();
				TruncatedText sql = TruncatedText.of(statement.sql(), left);
				if (!sql.text().isEmpty()) {
					shown.add(new PlanDescriptor.PlannedStatement(sql.text(), step.file(), statement.line(),
							shown.size() < done));
				}
				if (sql.truncated()) {
					return new TruncatedStatements(shown, true);
				}
				left -= sql.text().length();
			}
		}
		return new TruncatedStatements(shown, false);
	}

}
