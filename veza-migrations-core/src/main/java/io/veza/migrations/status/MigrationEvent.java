package io.veza.migrations.status;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log.
 *
 * @param operationId the run that it belongs to
 * @param phase {@code started} or {@code finished}
 * @param operation the operation, such as {@code migrate} or {@code rollback}
 * @param version the version as it was written
 * @param outcome {@code success} or {@code failure}, {@code null} when started
 * @param occurredAt the time of the event
 * @param duration the duration, {@code null} when started
 * @param requestedBy the person or account that asked, {@code null} for the application
 * itself
 * @param reason the reason, {@code null} if nothing was said
 * @param databaseUser the user of the session
 * @param host the host of the application, {@code null} if unknown
 * @param application the name of the application, {@code null} if it has none
 * @param token the token of the plan that was looked at, {@code null} if none was
 * @param backup the data that was kept before a rollback, {@code null} if there was none
 * @param verification whether a rollback restored the schema, {@code null} for other
 * operations
 * @param error the error, {@code null} if there was none
 * @since 0.1.0
 */
public record MigrationEvent(UUID operationId, String phase, String operation, String version, @Nullable String outcome,
		Instant occurredAt, @Nullable Duration duration, @Nullable String requestedBy, @Nullable String reason,
		String databaseUser, @Nullable String host, @Nullable String application, @Nullable String token,
		@Nullable String backup, @Nullable String verification, @Nullable String error) {

}
