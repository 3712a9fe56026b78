/**
 * The planners: from files, history and a request to a plan, without I/O. Not API.
 */
@NullMarked
package io.veza.migrations.plan;

import org.jspecify.annotations.NullMarked;
