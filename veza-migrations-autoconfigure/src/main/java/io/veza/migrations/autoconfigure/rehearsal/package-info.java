/**
 * The services that Spring Boot offers to the rehearsal. Not API.
 */
@NullMarked
package io.veza.migrations.autoconfigure.rehearsal;

import org.jspecify.annotations.NullMarked;
