/**
 * Execution of migrations statement by statement, with a record after each. Not API.
 */
@NullMarked
package io.veza.migrations.execute.nontransactional;

import org.jspecify.annotations.NullMarked;
