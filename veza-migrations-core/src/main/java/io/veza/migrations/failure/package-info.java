/**
 * The failures that this project reports, as one sealed family of exceptions: each says
 * what is wrong, what to do, and how HTTP and the exit code of a process answer it.
 */
@NullMarked
package io.veza.migrations.failure;

import org.jspecify.annotations.NullMarked;
