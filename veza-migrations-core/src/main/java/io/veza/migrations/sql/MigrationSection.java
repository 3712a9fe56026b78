package io.veza.migrations.sql;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The UP or the DOWN section of a migration.
 *
 * @param metadata the {@code -- Key: value} lines of its leading comment block, in the
 * order of the file
 * @param transactional whether its statements share one transaction with the history row
 * @param lockTimeout the {@code lock-timeout} directive, {@code null} without one
 * @param statementTimeout the {@code statement-timeout} directive, {@code null} without
 * one
 * @param accepted the {@code accept} directives
 * @param irreversible why there is no way back, {@code null} unless a DOWN says so
 * @param statementCount the number of its statements
 * @param script its SQL
 * @since 0.1.0
 */
public record MigrationSection(Map<String, String> metadata, boolean transactional, @Nullable Duration lockTimeout,
		@Nullable Duration statementTimeout, List<AcceptedFinding> accepted, @Nullable String irreversible,
		int statementCount, SqlScript script) {

	public MigrationSection {
		metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
		accepted = List.copyOf(accepted);
	}

	/**
	 * A finding of a rehearsal that the author of the file accepts.
	 *
	 * @param finding the code of the finding
	 * @param reason why it is accepted
	 * @param line the line of the directive in the file, from 1
	 */
	public record AcceptedFinding(String finding, String reason, int line) {
	}

}
