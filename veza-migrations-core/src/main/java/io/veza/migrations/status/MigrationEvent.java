package io.veza.migrations;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log.
 *
 * @param operationId the run that it belongs to
 * @param phase {@code started} or {@code finished}
 * @param operation what was done, such as {@code migrate} or {@code rollback}
 * @param version the version as it was written
 * @param outcome {@code success} or {@code failure}, {@code null} when started
 * @param occurredAt when
 * @param duration how long it took, {@code null} when started
 * @param requestedBy who asked, {@code null} for the application itself
 * @param reason why, {@code null} if nothing was said
 * @param databaseUser the user of the session
 * @param host the host of the application, {@code null} if unknown
 * @param application the name of the application, {@code null} if it has none
 * @param token the token of the plan that was looked at, {@code null} if none was
 * @param backup what was kept before a rollback, {@code null} if nothing was to be kept
 * @param verification whether a rollback restored the schema, {@code null} for anything
 * else
 * @param error what went wrong, {@code null} if nothing did
 * @since 0.1.0
 */
public record MigrationEvent(UUID operationId, String phase, String operation, String version, @Nullable String outcome,
		Instant occurredAt, @Nullable Duration duration, @Nullable String requestedBy, @Nullable String reason,
		String databaseUser, @Nullable String host, @Nullable String application, @Nullable String token,
		@Nullable String backup, @Nullable String verification, @Nullable String error) {

}
