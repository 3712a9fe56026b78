/**
 * What was measured, as Markdown and SVG.
 */
@NullMarked
package io.veza.migrations.benchmarks.runner.report;

import org.jspecify.annotations.NullMarked;
