/**
 * Readers of what a scratch database shows after each statement, and of what real
 * databases hold. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.observe;

import org.jspecify.annotations.NullMarked;
