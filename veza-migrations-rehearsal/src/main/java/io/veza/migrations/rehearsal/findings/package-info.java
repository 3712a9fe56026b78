/**
 * What is found in what migrations did. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.findings;

import org.jspecify.annotations.NullMarked;
