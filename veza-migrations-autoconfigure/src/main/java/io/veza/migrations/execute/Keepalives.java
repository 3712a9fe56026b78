package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings with which the server notices soon that we are gone, ends what it does for us
 * and frees the lock of the run. By default it runs the current statement to its end
 * first, and notices a network that went silent after hours.
 */
final class Keepalives {

	private static final Logger logger = LoggerFactory.getLogger(Keepalives.class);

	/** Platforms without the check of the connection refuse any interval for it. */
	private static final String SET = """
			DO $keepalives$
			BEGIN
				PERFORM pg_catalog.set_config('tcp_keepalives_idle', '10', false),
					pg_catalog.set_config('tcp_keepalives_interval', '5', false),
					pg_catalog.set_config('tcp_keepalives_count', '3', false),
					pg_catalog.set_config('tcp_user_timeout', '30000', false);
				BEGIN
					PERFORM pg_catalog.set_config('client_connection_check_interval', '2000', false);
				EXCEPTION
					WHEN OTHERS THEN NULL;
				END;
			END
			$keepalives$;
			""";

	private static final String READ = """
			SELECT name, setting
			FROM pg_catalog.pg_settings
			WHERE name IN ('tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count', 'tcp_user_timeout',
				'client_connection_check_interval')""";

	private Keepalives() {
	}

	/**
	 * Set them in a session that belongs to the run alone.
	 * @param connection the connection
	 * @return those that the server took, none if it lets us set none
	 */
	static Map<String, String> set(Connection connection) {
		Map<String, String> settings = new LinkedHashMap<>();
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(SET + READ);
			statement.getMoreResults();
			try (ResultSet rows = statement.getResultSet()) {
				while (rows.next()) {
					settings.put(rows.getString("name"), rows.getString("setting"));
				}
			}
		}
		catch (SQLException ex) {
			logger.debug("The server will not notice soon if this process dies", ex);
		}
		return settings;
	}

}
