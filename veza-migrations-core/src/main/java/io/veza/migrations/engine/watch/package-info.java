/**
 * The watch over a run: the progress that this process knows of, and the activity that
 * PostgreSQL shows meanwhile. Not API.
 */
@NullMarked
package io.veza.migrations.engine.watch;

import org.jspecify.annotations.NullMarked;
