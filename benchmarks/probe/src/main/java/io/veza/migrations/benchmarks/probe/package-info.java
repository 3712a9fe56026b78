/**
 * What runs in the process that is measured.
 */
@NullMarked
package io.veza.migrations.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
