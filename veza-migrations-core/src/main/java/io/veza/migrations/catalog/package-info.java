/**
 * Asks PostgreSQL what it knows: session, schema, holders of locks. Not API.
 */
@NullMarked
package io.veza.migrations.catalog;

import org.jspecify.annotations.NullMarked;
