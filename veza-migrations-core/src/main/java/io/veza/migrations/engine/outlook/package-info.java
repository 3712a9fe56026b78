/**
 * Plans with their effects on a database, and the status of a database, read without
 * writing anything. Not API.
 */
@NullMarked
package io.veza.migrations.engine.outlook;

import org.jspecify.annotations.NullMarked;
