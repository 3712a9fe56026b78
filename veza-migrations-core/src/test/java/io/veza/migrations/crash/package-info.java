/**
 * A program that kills migrating processes, their backends and their server at moments
 * that it records, and compares what the next start makes of it with an undisturbed run.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.crash;
