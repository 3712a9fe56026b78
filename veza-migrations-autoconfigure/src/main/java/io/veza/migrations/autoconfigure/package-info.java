/**
 * Auto-configuration: properties, the choice of the database, what a start does, and how
 * failures are explained.
 */
@NullMarked
package io.veza.migrations.autoconfigure;

import org.jspecify.annotations.NullMarked;
