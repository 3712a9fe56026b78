/**
 * Rules about names and types. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.findings.convention;

import org.jspecify.annotations.NullMarked;
