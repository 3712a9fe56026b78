/**
 * The PostgreSQL server that runs inside the application when no URL is configured.
 */
@NullMarked
package io.veza.migrations.sample.database;

import org.jspecify.annotations.NullMarked;
