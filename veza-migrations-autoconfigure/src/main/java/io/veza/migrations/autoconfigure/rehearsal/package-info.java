/**
 * The reports of rehearsals: written as JSON and as a page, and read again when they are
 * packaged. Not API but for
 * {@link io.veza.migrations.autoconfigure.rehearsal.RehearsalFiles}.
 */
@NullMarked
package io.veza.migrations.autoconfigure.rehearsal;

import org.jspecify.annotations.NullMarked;
