/**
 * The requests to the migrator.
 */
@NullMarked
package io.veza.migrations.request;

import org.jspecify.annotations.NullMarked;
