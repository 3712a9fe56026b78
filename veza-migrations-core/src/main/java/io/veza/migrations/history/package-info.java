/**
 * The history table, the progress table and the events table. Not API.
 */
@NullMarked
package io.veza.migrations.history;

import org.jspecify.annotations.NullMarked;
