/**
 * One run at a time for a database and its history table. Not API.
 */
@NullMarked
package io.veza.migrations.lock;

import org.jspecify.annotations.NullMarked;
