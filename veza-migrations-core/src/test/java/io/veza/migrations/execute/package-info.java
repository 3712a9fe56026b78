/**
 * Tests of the package that runs plans.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.execute;
