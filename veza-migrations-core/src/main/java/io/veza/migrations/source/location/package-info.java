/**
 * The places that hold migration files, and the files found there. Not API.
 */
@NullMarked
package io.veza.migrations.source.location;

import org.jspecify.annotations.NullMarked;
