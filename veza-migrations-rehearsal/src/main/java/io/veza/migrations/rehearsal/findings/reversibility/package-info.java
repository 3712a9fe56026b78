/**
 * Rules about failures and about the way back. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.findings.reversibility;

import org.jspecify.annotations.NullMarked;
