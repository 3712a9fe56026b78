/**
 * The processes that are measured.
 */
@NullMarked
package io.veza.migrations.benchmarks.runner.process;

import org.jspecify.annotations.NullMarked;
