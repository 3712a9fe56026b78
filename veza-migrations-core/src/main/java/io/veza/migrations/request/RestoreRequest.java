package io.veza.migrations;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A wish to bring back what a rollback destroyed, after its migrations were applied
 * again.
 *
 * @param operationId the rollback, {@code null} for the latest one that was not restored
 * @param origin who asks and why
 * @since 0.1.0
 */
public record RestoreRequest(@Nullable UUID operationId, RequestOrigin origin) {

}
