/**
 * Veza Migrations as it is measured.
 */
@NullMarked
package io.veza.migrations.benchmarks.veza;

import org.jspecify.annotations.NullMarked;
