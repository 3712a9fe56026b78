package io.veza.migrations.rehearsal.scratch;

import java.util.Optional;

import javax.sql.DataSource;

/**
 * A service that knows the user and the password of some kinds of {@code DataSource}. The
 * implementations are found with {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
public interface ServerAccessResolver {

	/**
	 * Return how a {@code DataSource} reaches its server.
	 * @param url the JDBC URL of its connections
	 * @param dataSource the {@code DataSource}
	 * @return the access, or empty if this service does not know this kind
	 */
	Optional<ServerAccess> resolve(String url, DataSource dataSource);

}
