/**
 * Scratch databases: how to reach their server, how they are created and dropped. Not
 * API, except for {@link io.veza.migrations.rehearsal.scratch.ServerAccess}.
 */
@NullMarked
package io.veza.migrations.rehearsal.scratch;

import org.jspecify.annotations.NullMarked;
