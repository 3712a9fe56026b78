/**
 * Liquibase as it is measured.
 */
@NullMarked
package io.veza.migrations.benchmarks.liquibase;

import org.jspecify.annotations.NullMarked;
