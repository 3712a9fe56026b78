/**
 * The roles of the sample application: a viewer looks at the migrations, an operator
 * changes them.
 */
@NullMarked
package io.veza.migrations.sample.security;

import org.jspecify.annotations.NullMarked;
