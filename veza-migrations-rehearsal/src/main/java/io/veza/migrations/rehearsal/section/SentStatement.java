package io.veza.migrations.rehearsal.section;

import java.sql.SQLWarning;
import java.time.Duration;
import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect.Observation;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlState;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was sent, and the answer of the server.
 *
 * @param statement the statement
 * @param duration how long the answer took
 * @param notices the notices of the server
 * @param failure why it failed, {@code null} if it did not
 */
record SentStatement(SqlStatement statement, Duration duration, List<SQLWarning> notices,
		@Nullable SqlFailure failure) {

	/** A report shows less; what it holds must fit into memory. */
	private static final int MAX_SQL = 64 * 1024;

	SentStatement {
		notices = List.copyOf(notices);
	}

	boolean failed() {
		return this.failure != null;
	}

	/**
	 * Return the effect of the statement.
	 * @param number its number in the section, from 1
	 * @param observation how its locks are known
	 * @param relations its effects on relations
	 * @return the effect
	 */
	StatementEffect effect(int number, Observation observation, List<RelationEffect> relations) {
		List<String> truncatedNames = this.notices.stream()
			.filter((notice) -> SqlState.NAME_TOO_LONG.equals(notice.getSQLState()))
			.map(SQLWarning::getMessage)
			.toList();
		String sql = this.statement.sql();
		return new StatementEffect(number, (sql.length() > MAX_SQL) ? sql.substring(0, MAX_SQL) : sql,
				this.statement.line(), this.statement.column(), observation, this.duration, relations, truncatedNames);
	}

}
