/**
 * The source of migrations: from files in locations to a list of migrations. Not API.
 */
@NullMarked
package io.veza.migrations.source;

import org.jspecify.annotations.NullMarked;
