/**
 * The terms of an execution: limits, hooks, listener, and the failure of a migration. Not
 * API.
 */
@NullMarked
package io.veza.migrations.execute;

import org.jspecify.annotations.NullMarked;
