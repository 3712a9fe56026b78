/**
 * The statements of ours around those of a migration: session, timeouts, records. Not
 * API.
 */
@NullMarked
package io.veza.migrations.execute.step;

import org.jspecify.annotations.NullMarked;
