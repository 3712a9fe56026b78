/**
 * The flow: load, lock, read, plan, execute, report.
 */
@NullMarked
package io.veza.migrations.engine;

import org.jspecify.annotations.NullMarked;
