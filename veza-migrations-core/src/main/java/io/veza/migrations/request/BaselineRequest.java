package io.veza.migrations.request;

import io.veza.migrations.MigrationVersion;

/**
 * A request to record the migrations up to a version as applied, because the schema
 * already holds what they make.
 *
 * @param version the last version that is recorded
 * @param origin the origin of the request, for the audit log
 * @since 0.1.0
 */
public record BaselineRequest(MigrationVersion version, RequestOrigin origin) {

}
