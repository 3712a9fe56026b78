/**
 * The statements of a script: where each begins and ends, and its kind. Not API.
 */
@NullMarked
package io.veza.migrations.source.statement;

import org.jspecify.annotations.NullMarked;
