/**
 * Sending of statements on the connection of a run, many in one round trip. Not API.
 */
@NullMarked
package io.veza.migrations.execute.pipeline;

import org.jspecify.annotations.NullMarked;
