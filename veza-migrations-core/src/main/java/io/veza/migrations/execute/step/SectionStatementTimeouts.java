package io.veza.migrations.execute.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.sql.MigrationSection;
import org.jspecify.annotations.Nullable;

/**
 * The timeouts of the statements of a section: those of its directives, or else those of
 * the run.
 *
 * @param timeouts the timeouts of the run
 */
public record SectionStatementTimeouts(StatementTimeouts timeouts) {

	/**
	 * Return how long the statements of a section may queue for a lock.
	 * @param section the section
	 * @param minLockTimeout how long at least
	 * @return the time, zero for ever
	 */
	public Duration lockTimeout(MigrationSection section, Duration minLockTimeout) {
		Duration usual = (section.lockTimeout() != null) ? section.lockTimeout() : this.timeouts.lockTimeout();
		return (usual.isZero() || usual.compareTo(minLockTimeout) >= 0) ? usual : minLockTimeout;
	}

	/**
	 * Return how long a statement of a section may take.
	 * @param section the section
	 * @return the time, {@code null} for as long as in the session
	 */
	public @Nullable Duration statementTimeout(MigrationSection section) {
		return (section.statementTimeout() != null) ? section.statementTimeout() : this.timeouts.statementTimeout();
	}

	/**
	 * Return the statements that limit how long those of a section may take.
	 * @param scope {@code SET LOCAL} for a transaction, {@code SET} for the session
	 * @param section the section
	 * @param minLockTimeout how long to queue for a lock at least
	 * @return the SQL
	 */
	List<String> statements(String scope, MigrationSection section, Duration minLockTimeout) {
		List<String> statements = new ArrayList<>();
		statements.add(scope + " lock_timeout = " + lockTimeout(section, minLockTimeout).toMillis());
		Duration statementTimeout = statementTimeout(section);
		if (statementTimeout != null) {
			statements.add(scope + " statement_timeout = " + statementTimeout.toMillis());
		}
		return statements;
	}

}
