/**
 * An application that does much at its start, in a package of its own so that no other
 * test finds its entity.
 */
package io.veza.migrations.busy;
