/**
 * The settings, the role and the contents of a database session. Not API.
 */
@NullMarked
package io.veza.migrations.session;

import org.jspecify.annotations.NullMarked;
