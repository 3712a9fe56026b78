/**
 * Tests of rehearsals.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.rehearsal;
