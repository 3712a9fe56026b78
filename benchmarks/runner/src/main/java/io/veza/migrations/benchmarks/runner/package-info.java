/**
 * The command that measures everything and writes the report.
 */
@NullMarked
package io.veza.migrations.benchmarks.runner;

import org.jspecify.annotations.NullMarked;
