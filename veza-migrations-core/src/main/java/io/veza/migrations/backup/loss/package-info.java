/**
 * Finds what a DOWN destroys. Not API.
 */
@NullMarked
package io.veza.migrations.backup.loss;

import org.jspecify.annotations.NullMarked;
