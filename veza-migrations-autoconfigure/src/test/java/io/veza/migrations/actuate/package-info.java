/**
 * Tests of what Spring Boot Actuator shows of migrations.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.actuate;
