package io.veza.migrations.backup.pgdump;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.failure.BackupFailedException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The login of {@code pg_dump} to the database: variables of its environment, so that
 * nothing of it is seen in a list of processes.
 *
 * @param variables the values by the names that libpq gives them
 */
record PgDumpLogin(Map<String, String> variables) {

	private static final String PASSWORD = "PGPASSWORD";

	private static final Pattern SOCKET = Pattern.compile("(?<folder>/.*)/\\.s\\.PGSQL\\.(?<port>\\d+)");

	/** Parameters that libpq reads as the driver does. */
	private static final Map<PGProperty, String> SAME = Map.of(PGProperty.OPTIONS, "PGOPTIONS",
			PGProperty.CHANNEL_BINDING, "PGCHANNELBINDING", PGProperty.GSS_ENC_MODE, "PGGSSENCMODE",
			PGProperty.KERBEROS_SERVER_NAME, "PGKRBSRVNAME", PGProperty.SSL_NEGOTIATION, "PGSSLNEGOTIATION");

	PgDumpLogin {
		variables = Map.copyOf(variables);
	}

	/**
	 * Translate what the driver knows into what libpq knows.
	 * @param target what is known about the database
	 * @param peer the server that our own connection leads to
	 * @return the login
	 * @throws BackupFailedException if libpq cannot connect as the driver does
	 */
	static PgDumpLogin of(PgDumpTarget target, PgDumpPeer peer) {
		Properties properties = properties(target.url(), peer.url());
		Map<String, String> variables = new HashMap<>(PgDumpTls.variables(properties));
		putAddress(variables, properties, peer);
		put(variables, "PGDATABASE", firstOf(PGProperty.PG_DBNAME.getOrNull(properties), peer.database()));
		put(variables, "PGUSER",
				firstOf(target.username(), firstOf(PGProperty.USER.getOrNull(properties), peer.user())));
		put(variables, PASSWORD, firstOf(target.password(), PGProperty.PASSWORD.getOrNull(properties)));
		SAME.forEach((property, variable) -> put(variables, variable, property.getOrNull(properties)));
		// the driver's default, which a PGSimpleDataSource writes into its URL
		variables.remove("PGGSSENCMODE", "allow");
		return new PgDumpLogin(variables);
	}

	/**
	 * Return what must never be shown.
	 * @param inherited the environment of this process, which the program sees as well
	 * @return the password, {@code null} if there is none
	 */
	@Nullable String secret(Map<String, String> inherited) {
		return firstOf(this.variables.get(PASSWORD), inherited.get(PASSWORD));
	}

	/** Drivers that wrap that of PostgreSQL have URLs of their own. */
	private static Properties properties(String url, @Nullable String inner) {
		Properties properties = Driver.parseURL(url, new Properties());
		if (properties == null && inner != null) {
			properties = Driver.parseURL(inner, new Properties());
		}
		if (properties == null) {
			throw new BackupFailedException("The JDBC URL of the database is not one that the PostgreSQL driver reads.",
					"Write a URL such as jdbc:postgresql://host:5432/database in veza.migrations.url.", null);
		}
		return properties;
	}

	private static void putAddress(Map<String, String> variables, Properties properties, PgDumpPeer peer) {
		if (PGProperty.SOCKET_FACTORY.getOrNull(properties) != null) {
			Matcher socket = SOCKET.matcher(String.valueOf(PGProperty.SOCKET_FACTORY_ARG.getOrNull(properties)));
			if (!socket.matches()) {
				throw new BackupFailedException(
						"The JDBC URL names a socketFactory, through which pg_dump cannot connect.",
						"Set veza.migrations.url to a URL without it, or choose another veza.migrations.backup.mode.",
						null);
			}
			variables.put("PGHOST", socket.group("folder"));
			variables.put("PGPORT", socket.group("port"));
			return;
		}
		String host = String.valueOf(PGProperty.PG_HOST.getOrDefault(properties));
		String port = String.valueOf(PGProperty.PG_PORT.getOrDefault(properties));
		if (host.indexOf(',') >= 0 && peer.host() != null) {
			host = peer.host().getHost();
			port = String.valueOf(peer.host().getPort());
		}
		variables.put("PGHOST", plain(host));
		variables.put("PGPORT", port);
	}

	/** The driver takes nothing for this machine, and writes IPv6 in brackets. */
	private static String plain(String host) {
		if (host.isEmpty()) {
			return "localhost";
		}
		return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
	}

	private static void put(Map<String, String> variables, String name, @Nullable String value) {
		if (value != null) {
			variables.put(name, value);
		}
	}

	private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
		return (first != null) ? first : second;
	}

	/** Without the variables: one of them is the password. */
	@Override
	public String toString() {
		return "PgDumpLogin" + this.variables.keySet();
	}

}
