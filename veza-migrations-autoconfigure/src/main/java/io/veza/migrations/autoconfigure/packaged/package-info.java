/**
 * The reports of rehearsals that are packaged with an application, read without the
 * module that has written them. Not API.
 */
@NullMarked
package io.veza.migrations.autoconfigure.packaged;

import org.jspecify.annotations.NullMarked;
