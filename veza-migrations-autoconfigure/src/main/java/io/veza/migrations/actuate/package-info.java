/**
 * The endpoint, the health and the metrics of migrations in Spring Boot Actuator. Not
 * API.
 */
@NullMarked
package io.veza.migrations.actuate;

import org.jspecify.annotations.NullMarked;
