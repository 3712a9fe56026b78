/**
 * Copies what a DOWN destroys into tables of the same database. Not API.
 */
@NullMarked
package io.veza.migrations.backup.copy;

import org.jspecify.annotations.NullMarked;
