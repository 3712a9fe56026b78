/**
 * The nouns of Veza Migrations, in the order in which data flows: files, history, plan,
 * report.
 */
@NullMarked
package io.veza.migrations;

import org.jspecify.annotations.NullMarked;
