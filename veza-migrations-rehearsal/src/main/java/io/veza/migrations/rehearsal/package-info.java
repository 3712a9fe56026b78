/**
 * UP, DOWN and UP again on a scratch database: effects, reversibility, conventions. Not
 * API, except for {@link io.veza.migrations.rehearsal.Rehearsal} and what it returns.
 */
@NullMarked
package io.veza.migrations.rehearsal;

import org.jspecify.annotations.NullMarked;
