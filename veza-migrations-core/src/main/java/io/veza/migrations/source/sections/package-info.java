/**
 * The file format of Veza Migrations: one file for each migration, with an UP and a
 * DOWN\n * section. Not API.
 */
@NullMarked
package io.veza.migrations.source.sections;

import org.jspecify.annotations.NullMarked;
