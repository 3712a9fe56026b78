/**
 * A chat platform that migrates its database with the starter.
 */
@NullMarked
package io.veza.migrations.sample;

import org.jspecify.annotations.NullMarked;
