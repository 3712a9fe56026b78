/**
 * A proxy that counts what goes over the wire to PostgreSQL, and can make the way longer.
 */
@NullMarked
package io.veza.migrations.benchmarks.runner.proxy;

import org.jspecify.annotations.NullMarked;
