/**
 * One-shot commands: what {@code --veza.migrations.command} runs instead of the
 * application. Not API but for the properties.
 */
@NullMarked
package io.veza.migrations.autoconfigure.command;

import org.jspecify.annotations.NullMarked;
