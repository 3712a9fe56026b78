/**
 * Tests of the reports of rehearsals.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.autoconfigure.rehearsal;
