/**
 * The report of a rehearsal as JSON and as a page. Not API, except for
 * {@link io.veza.migrations.rehearsal.report.RehearsalFiles}.
 */
@NullMarked
package io.veza.migrations.rehearsal.report;

import org.jspecify.annotations.NullMarked;
