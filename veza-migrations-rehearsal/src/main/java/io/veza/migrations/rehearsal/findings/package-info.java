/**
 * Findings: their codes, and what all rules share. The rules are in the packages below.
 * Not API, except for codes and levels.
 */
@NullMarked
package io.veza.migrations.rehearsal.findings;

import org.jspecify.annotations.NullMarked;
