/**
 * Decides what to run from files and history, with no I/O. Not API.
 */
@NullMarked
package io.veza.migrations.plan;

import org.jspecify.annotations.NullMarked;
