/**
 * The command {@code rehearse}, which is there if the module for rehearsals is. Not API
 * but for the properties.
 */
@NullMarked
package io.veza.migrations.autoconfigure.command.rehearsal;

import org.jspecify.annotations.NullMarked;
