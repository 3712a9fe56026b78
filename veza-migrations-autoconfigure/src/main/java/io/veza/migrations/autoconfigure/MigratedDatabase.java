package io.veza.migrations.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The database that is migrated. It is no {@code DataSource} itself, so that the
 * application does not see a second candidate.
 *
 * @param connections where migrations get their connection
 * @param application the application's DataSource for the same database, {@code null} if
 * it is unknown
 */
record MigratedDatabase(DataSource connections, @Nullable DataSource application) {

	boolean isReachedBy(DataSource dataSource) {
		return dataSource.equals(this.connections) || dataSource.equals(this.application);
	}

}
