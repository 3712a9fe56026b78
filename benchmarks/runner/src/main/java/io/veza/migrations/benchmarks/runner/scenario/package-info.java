/**
 * What is measured.
 */
@NullMarked
package io.veza.migrations.benchmarks.runner.scenario;

import org.jspecify.annotations.NullMarked;
