package io.veza.migrations.rehearsal.scratch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.sql.SqlErrorText;
import org.jspecify.annotations.Nullable;

/**
 * The URL, user and password of a server, which lead to any of its databases.
 *
 * @param url the JDBC URL of one of its databases
 * @param username the user, {@code null} for that of the URL
 * @param password the password, {@code null} for that of the URL
 * @since 0.1.0
 */
public record ServerAccess(String url, @Nullable String username, @Nullable String password) {

	private static final String APPLICATION = "veza-migrations rehearsal";

	private static final String ADVICE = "Set veza.migrations.rehearsal.url, username and password.";

	/**
	 * Find out how a {@code DataSource} reaches its server.
	 * @param dataSource the {@code DataSource}
	 * @return the access
	 * @throws RehearsalException if it does not tell
	 * @throws DatabaseUnreachableException if it has no connection
	 */
	public static ServerAccess of(DataSource dataSource) {
		String url = url(dataSource);
		if (url == null || !url.contains("postgresql:")) {
			throw new RehearsalException(
					"The DataSource does not tell a JDBC URL of PostgreSQL, which a rehearsal needs to connect to a database of its own.",
					ADVICE, null);
		}
		return Stream.concat(Stream.of(new PostgresAccessResolver()), resolvers())
			.flatMap((resolver) -> resolver.resolve(url, dataSource).stream())
			.findFirst()
			.orElseThrow(() -> new RehearsalException(
					"The DataSource, a \"%s\", does not tell its user and password, which a rehearsal needs to connect to a database of its own."
						.formatted(dataSource.getClass().getName()),
					ADVICE, null));
	}

	/** The class loader of a thread may be another one. */
	private static Stream<ServerAccessResolver> resolvers() {
		return ServiceLoader.load(ServerAccessResolver.class, ServerAccess.class.getClassLoader())
			.stream()
			.map(ServiceLoader.Provider::get);
	}

	private static @Nullable String url(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			return connection.getMetaData().getURL();
		}
		catch (SQLException ex) {
			throw unreachable(ex, "");
		}
	}

	/**
	 * Connect to the database that the URL names.
	 * @return a connection, to be closed
	 * @throws DatabaseUnreachableException if there is none to be had
	 */
	public Connection connect() {
		return open(this.url);
	}

	/**
	 * Connect to another database of the server.
	 * @param database its name
	 * @return a connection, to be closed
	 * @throws DatabaseUnreachableException if there is none to be had
	 */
	public Connection connect(String database) {
		return open(urlOf(database));
	}

	/**
	 * Return the URL of another database of the server.
	 * @param database its name
	 * @return the URL
	 */
	String urlOf(String database) {
		return with(this.url, "PGDBNAME", database);
	}

	/**
	 * The driver takes the last of several values, and a parameter rather than what
	 * stands before it, whichever of its forms that has.
	 */
	private static String with(String url, String parameter, String value) {
		char separator = (url.indexOf('?') < 0) ? '?' : '&';
		return url + separator + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	/**
	 * Only our own statements are prepared, and they read the catalogs, which stay as
	 * they are: the driver need not prepare them anew after each change of a schema.
	 */
	private Connection open(String url) {
		Properties properties = new Properties();
		properties.setProperty("tcpKeepAlive", "true");
		properties.setProperty("flushCacheOnDdl", "false");
		if (this.username != null) {
			properties.setProperty("user", this.username);
		}
		if (this.password != null) {
			properties.setProperty("password", this.password);
		}
		try {
			return DriverManager.getConnection(with(url, "ApplicationName", APPLICATION), properties);
		}
		catch (SQLException ex) {
			throw unreachable(ex, url);
		}
	}

	private static DatabaseUnreachableException unreachable(SQLException ex, String url) {
		return new DatabaseUnreachableException(
				"The server of the rehearsal cannot be reached: " + reason(ex, url) + ".",
				"Check that it runs and that the URL, the user and the password are right, or set veza.migrations.rehearsal.url "
						+ "to the URL of another server; a pooler such as PgBouncer will not do.",
				ex);
	}

	/** A URL for which there is no driver is in the message, maybe with a password. */
	private static String reason(SQLException ex, String url) {
		if (!url.isEmpty() && String.valueOf(ex.getMessage()).contains(url)) {
			return "no JDBC driver takes the URL";
		}
		return SqlErrorText.of(ex);
	}

	/** Without the URL, which may hold a password too. */
	@Override
	public String toString() {
		return "ServerAccess[username=" + this.username + "]";
	}

}
