/**
 * Rules about changes that the previous release does not survive. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.findings.deployment;

import org.jspecify.annotations.NullMarked;
