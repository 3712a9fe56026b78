/**
 * The PostgreSQL server and its databases.
 */
@NullMarked
package io.veza.migrations.benchmarks.runner.server;

import org.jspecify.annotations.NullMarked;
