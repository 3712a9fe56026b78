/**
 * What Spring Boot Actuator shows of migrations: endpoint, health, metrics. Not API.
 */
@NullMarked
package io.veza.migrations.actuate;

import org.jspecify.annotations.NullMarked;
