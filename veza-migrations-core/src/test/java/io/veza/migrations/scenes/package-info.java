/**
 * Programs that measure what others feel while a migration waits.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.scenes;
