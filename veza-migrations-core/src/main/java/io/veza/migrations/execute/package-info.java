/**
 * Runs a plan against PostgreSQL, atomic with its history. Not API.
 */
@NullMarked
package io.veza.migrations.execute;

import org.jspecify.annotations.NullMarked;
