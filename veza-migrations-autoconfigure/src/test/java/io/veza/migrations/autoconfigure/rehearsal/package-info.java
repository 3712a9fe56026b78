/**
 * Tests of the services that Spring Boot offers to the rehearsal.
 */
@NullMarked
package io.veza.migrations.autoconfigure.rehearsal;

import org.jspecify.annotations.NullMarked;
