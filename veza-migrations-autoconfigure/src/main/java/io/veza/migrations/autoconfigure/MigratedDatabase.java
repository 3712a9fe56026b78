package io.veza.migrations.autoconfigure;

import javax.sql.DataSource;

import io.veza.migrations.backup.pgdump.PgDumpTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * The database that is migrated. It is no {@code DataSource} itself, so that the
 * application does not see a second candidate.
 *
 * @param connections where migrations get their connection
 * @param application the application's DataSource for the same database, {@code null} if
 * it is unknown
 * @since 0.1.0
 */
public record MigratedDatabase(DataSource connections, @Nullable DataSource application) {

	private static final Logger logger = LoggerFactory.getLogger(MigratedDatabase.class);

	boolean isReachedBy(DataSource dataSource) {
		return dataSource.equals(this.connections) || dataSource.equals(this.application);
	}

	/**
	 * Return what is known about the database beside its connections, which do not tell
	 * their password.
	 * @param role the role that migrates, {@code null} for that of the user
	 * @return what pg_dump needs, {@code null} if the DataSource does not tell
	 */
	@Nullable PgDumpTarget dumpTarget(@Nullable String role) {
		try {
			SimpleDriverDataSource properties = DataSourceBuilder.derivedFrom(this.connections)
				.type(SimpleDriverDataSource.class)
				.build();
			String url = properties.getUrl();
			return (url != null) ? new PgDumpTarget(url, properties.getUsername(), properties.getPassword(), role)
					: null;
		}
		catch (RuntimeException ex) {
			logger.debug("The DataSource does not tell its URL", ex);
			return null;
		}
	}

}
