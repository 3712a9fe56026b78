/**
 * Descriptors: what HTTP, JMX and the commands write as JSON, one record per object.
 */
@NullMarked
package io.veza.migrations.actuate.descriptor;

import org.jspecify.annotations.NullMarked;
