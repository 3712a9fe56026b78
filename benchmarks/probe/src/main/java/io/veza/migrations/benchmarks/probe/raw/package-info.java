/**
 * Migrations as plain JDBC would do them: the limits.
 */
@NullMarked
package io.veza.migrations.benchmarks.probe.raw;

import org.jspecify.annotations.NullMarked;
