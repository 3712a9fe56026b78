/**
 * The options of a migrator. Not API: the builder of the migrator sets them.
 */
@NullMarked
package io.veza.migrations.engine.options;

import org.jspecify.annotations.NullMarked;
