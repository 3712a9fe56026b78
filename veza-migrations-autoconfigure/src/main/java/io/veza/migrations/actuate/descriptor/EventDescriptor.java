package io.veza.migrations.actuate.descriptor;

import java.time.Duration;

import io.veza.migrations.status.MigrationEvent;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit log.
 *
 * @param operationId the run that it belongs to
 * @param phase {@code started} or {@code finished}
 * @param operation what was done
 * @param version the version as it was written
 * @param outcome {@code success} or {@code failure}, {@code null} when started
 * @param occurredAt when
 * @param durationMs how long it took, {@code null} when started
 * @param requestedBy who asked, {@code null} for the application itself
 * @param reason why, {@code null} if nothing was said
 * @param databaseUser the user of the session
 * @param host the host of the application
 * @param application the name of the application
 * @param token the token of the plan that was looked at
 * @param backup what was kept before a rollback
 * @param verification whether a rollback restored the schema
 * @param error what went wrong, {@code null} if nothing did
 * @since 0.1.0
 */
public record EventDescriptor(String operationId, String phase, String operation, String version,
		@Nullable String outcome, String occurredAt, @Nullable Long durationMs, @Nullable String requestedBy,
		@Nullable String reason, String databaseUser, @Nullable String host, @Nullable String application,
		@Nullable String token, @Nullable String backup, @Nullable String verification, @Nullable String error) {

	static EventDescriptor of(MigrationEvent event) {
		Duration duration = event.duration();
		return new EventDescriptor(event.operationId().toString(), event.phase(), event.operation(), event.version(),
				event.outcome(), event.occurredAt().toString(), (duration != null) ? duration.toMillis() : null,
				event.requestedBy(), event.reason(), event.databaseUser(), event.host(), event.application(),
				event.token(), event.backup(), event.verification(), event.error());
	}

}
