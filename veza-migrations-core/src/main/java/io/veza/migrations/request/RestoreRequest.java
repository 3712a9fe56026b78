package io.veza.migrations.request;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A request to restore the data that a rollback destroyed, after its migrations were
 * applied again.
 *
 * @param operationId the rollback, {@code null} for the latest one that was not restored
 * @param origin the origin of the request, for the audit log
 * @since 0.1.0
 */
public record RestoreRequest(@Nullable UUID operationId, RequestOrigin origin) {

}
