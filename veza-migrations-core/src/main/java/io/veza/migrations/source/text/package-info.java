/**
 * The characters of a file: normalized, cut into tokens and digested. Not API.
 */
@NullMarked
package io.veza.migrations.source.text;

import org.jspecify.annotations.NullMarked;
