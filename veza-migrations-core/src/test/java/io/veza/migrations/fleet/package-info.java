/**
 * Tests with several processes, or with one that has little memory.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.fleet;
