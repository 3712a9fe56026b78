/**
 * The nouns of a rehearsal: the effects that statements, sections and migrations had. Not
 * API.
 */
@NullMarked
package io.veza.migrations.rehearsal.effect;

import org.jspecify.annotations.NullMarked;
