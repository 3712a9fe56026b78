/**
 * Execution of migrations in transactions, together with their history. Not API.
 */
@NullMarked
package io.veza.migrations.execute.transactional;

import org.jspecify.annotations.NullMarked;
