/**
 * The nouns of Veza Migrations: migration, history, plan and report, and the values they
 * are made of.
 */
@NullMarked
package io.veza.migrations;

import org.jspecify.annotations.NullMarked;
