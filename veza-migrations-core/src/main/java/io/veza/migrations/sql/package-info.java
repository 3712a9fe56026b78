/**
 * The nouns of SQL: statements and sections, where they stand in a file, and how they
 * fail;\n * reads of the database and what they share.
 */
@NullMarked
package io.veza.migrations.sql;

import org.jspecify.annotations.NullMarked;
