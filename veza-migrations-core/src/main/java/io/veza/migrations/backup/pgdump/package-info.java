/**
 * Has {@code pg_dump} write what a rollback destroys into a file. Not API.
 */
@NullMarked
package io.veza.migrations.backup.pgdump;

import org.jspecify.annotations.NullMarked;
