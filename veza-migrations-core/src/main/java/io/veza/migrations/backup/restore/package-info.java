/**
 * Brings back what was copied before a rollback. Not API.
 */
@NullMarked
package io.veza.migrations.backup.restore;

import org.jspecify.annotations.NullMarked;
