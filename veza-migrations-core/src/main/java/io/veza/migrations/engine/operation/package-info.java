/**
 * An operation while it is open: its session, the migration files, and the backup of a
 * rollback. Not API.
 */
@NullMarked
package io.veza.migrations.engine.operation;

import org.jspecify.annotations.NullMarked;
