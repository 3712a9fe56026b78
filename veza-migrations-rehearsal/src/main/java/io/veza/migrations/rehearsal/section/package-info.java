/**
 * The run of one section on a scratch database, statement by statement. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.section;

import org.jspecify.annotations.NullMarked;
