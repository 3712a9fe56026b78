/**
 * Rules about locks that keep others waiting. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.findings.lock;

import org.jspecify.annotations.NullMarked;
