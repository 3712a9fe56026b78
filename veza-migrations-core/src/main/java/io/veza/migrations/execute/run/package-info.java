/**
 * Execution of a plan, and writes to the history without one. Not API.
 */
@NullMarked
package io.veza.migrations.execute.run;

import org.jspecify.annotations.NullMarked;
