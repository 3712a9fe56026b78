/**
 * The application whose start is measured.
 */
@NullMarked
package io.veza.migrations.benchmarks.application;

import org.jspecify.annotations.NullMarked;
