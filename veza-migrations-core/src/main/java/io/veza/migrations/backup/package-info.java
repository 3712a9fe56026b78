/**
 * The backup of what a rollback destroys: its options, its tables and its catalogue. Not
 * API.
 */
@NullMarked
package io.veza.migrations.backup;

import org.jspecify.annotations.NullMarked;
