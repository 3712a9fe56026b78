/**
 * Reads migration files: locations, file names, sections, statements. Not API.
 */
@NullMarked
package io.veza.migrations.source;

import org.jspecify.annotations.NullMarked;
