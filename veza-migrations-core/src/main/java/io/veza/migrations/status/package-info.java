/**
 * The answers to those who look before or while something runs: the status of a database
 * and its migrations, the operation that is running, and the outlook of a plan.
 */
@NullMarked
package io.veza.migrations.status;

import org.jspecify.annotations.NullMarked;
