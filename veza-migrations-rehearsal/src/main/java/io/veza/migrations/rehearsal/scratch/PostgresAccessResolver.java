package io.veza.migrations.rehearsal.scratch;

import java.sql.SQLException;
import java.util.Optional;

import javax.sql.DataSource;

import org.postgresql.ds.common.BaseDataSource;

/**
 * The resolver for a {@code DataSource} of PostgreSQL's driver, and for all that can be
 * unwrapped to one.
 */
final class PostgresAccessResolver implements ServerAccessResolver {

	@Override
	public Optional<ServerAccess> resolve(String url, DataSource dataSource) {
		try {
			if (!dataSource.isWrapperFor(BaseDataSource.class)) {
				return Optional.empty();
			}
			BaseDataSource postgres = dataSource.unwrap(BaseDataSource.class);
			return Optional.of(new ServerAccess(url, postgres.getUser(), postgres.getPassword()));
		}
		catch (SQLException ex) {
			return Optional.empty();
		}
	}

}
