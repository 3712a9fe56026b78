/**
 * Tests of the package that reads migration files.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.source;
