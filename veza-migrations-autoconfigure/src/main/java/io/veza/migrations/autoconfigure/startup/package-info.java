/**
 * The part that migrations have in the start and the end of an application: when they
 * run, what happens if they fail, and when traffic is let in. Not API.
 */
@NullMarked
package io.veza.migrations.autoconfigure.startup;

import org.jspecify.annotations.NullMarked;
