/**
 * Tests of the package that keeps what a rollback destroys.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.backup;
