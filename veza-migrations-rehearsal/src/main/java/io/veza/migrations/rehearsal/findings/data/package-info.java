/**
 * Rules about rows that migrations insert. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.findings.data;

import org.jspecify.annotations.NullMarked;
