/**
 * The list of all rules, and the severity and acceptance of what they find. Not API.
 */
@NullMarked
package io.veza.migrations.rehearsal.findings.judge;

import org.jspecify.annotations.NullMarked;
