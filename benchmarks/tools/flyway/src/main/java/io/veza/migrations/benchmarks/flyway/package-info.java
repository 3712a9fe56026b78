/**
 * Flyway as it is measured.
 */
@NullMarked
package io.veza.migrations.benchmarks.flyway;

import org.jspecify.annotations.NullMarked;
