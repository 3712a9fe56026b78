package io.veza.migrations;

/**
 * A wish to record the migrations up to a version as applied, because the schema that
 * they make is there already.
 *
 * @param version the last version that is recorded
 * @param origin who asks and why
 * @since 0.1.0
 */
public record BaselineRequest(MigrationVersion version, RequestOrigin origin) {

}
