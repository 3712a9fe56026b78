/**
 * Keeps what a rollback destroys, and brings it back. Not API.
 */
@NullMarked
package io.veza.migrations.backup;

import org.jspecify.annotations.NullMarked;
