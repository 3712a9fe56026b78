package io.veza.migrations.execute.pipeline;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a pipeline and where it comes from.
 *
 * @param sql the text
 * @param kind what it is for
 * @param step the migration, {@code null} if it belongs to none
 * @param statement the statement of the migration, {@code null} without one
 * @param sent the statement of the migration itself, {@code null} for one of ours
 */
public record PipelineEntry(String sql, Kind kind, @Nullable PlanStep step, @Nullable SqlStatement statement,
		@Nullable SentMigrationStatement sent) {

	static PipelineEntry of(String sql, Kind kind, @Nullable PlanStep step) {
		return new PipelineEntry(sql, kind, step, null, null);
	}

	static PipelineEntry of(PlanStep step, int number, SqlStatement statement) {
		return new PipelineEntry(statement.sql(), Kind.MIGRATION, step, statement,
				new SentMigrationStatement(step, number, statement.sql()));
	}

	/**
	 * Return how many bytes the text has in UTF-8, at most.
	 */
	int bytes() {
		int bytes = 0;
		for (int index = 0; index < this.sql.length(); index++) {
			char character = this.sql.charAt(index);
			bytes += (character < 0x80) ? 1 : (character < 0x800) ? 2 : 3;
		}
		return bytes;
	}

	/**
	 * Return whether a failure of this statement is that of the history and not of the
	 * migration.
	 * @return whether the statement is one of ours
	 */
	public boolean ours() {
		return this.kind != Kind.MIGRATION && this.kind != Kind.COMPLETION;
	}

	/**
	 * The purpose of a statement.
	 */
	public enum Kind {

		/** Belongs to a migration. */
		MIGRATION,

		/** Completes a migration. */
		COMPLETION,

		/** Is recorded of a migration. */
		RECORD,

		/** Checks that the session is as a migration has to find it. */
		CHECK,

		/** Brings the session or the database in order. */
		OTHER

	}

}
