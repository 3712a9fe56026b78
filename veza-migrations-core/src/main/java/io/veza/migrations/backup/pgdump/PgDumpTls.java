package io.veza.migrations.backup.pgdump;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import io.veza.migrations.failure.BackupFailedException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.NonValidatingFactory;
import org.postgresql.util.PSQLException;

/**
 * Translates the encryption that a JDBC URL asks for. Never into a weaker one.
 */
final class PgDumpTls {

	private static final String MODE = "PGSSLMODE";

	private static final Map<PGProperty, String> FILES = Map.of(PGProperty.SSL_ROOT_CERT, "PGSSLROOTCERT",
			PGProperty.SSL_CERT, "PGSSLCERT", PGProperty.SSL_KEY, "PGSSLKEY");

	private static final Set<String> LIKE_LIBPQ = Set.of(LibPQFactory.class.getName(),
			"org.postgresql.ssl.jdbc4.LibPQFactory");

	private PgDumpTls() {
	}

	static Map<String, String> variables(Properties properties) {
		Map<String, String> variables = new HashMap<>();
		if (PGProperty.SSL.isPresent(properties) || PGProperty.SSL_MODE.isPresent(properties)) {
			variables.put(MODE, mode(properties));
		}
		requireKnownFactory(PGProperty.SSL_FACTORY.getOrNull(properties), variables);
		requireReadableKey(properties);
		FILES.forEach((property, variable) -> {
			String file = property.getOrNull(properties);
			if (file != null) {
				variables.put(variable, file);
			}
		});
		return variables;
	}

	private static String mode(Properties properties) {
		try {
			return SslMode.of(properties).value;
		}
		catch (PSQLException ex) {
			throw new BackupFailedException("The JDBC URL asks for an encryption that is unknown: " + ex.getMessage(),
					"Correct its sslmode.", ex);
		}
	}

	private static void requireKnownFactory(@Nullable String factory, Map<String, String> variables) {
		if (NonValidatingFactory.class.getName().equals(factory)) {
			variables.computeIfPresent(MODE, (name, mode) -> mode.startsWith("verify") ? "require" : mode);
		}
		else if (factory != null && !LIKE_LIBPQ.contains(factory)) {
			throw new BackupFailedException(
					"The JDBC URL names the sslfactory \"" + factory + "\", which pg_dump does not know.",
					"Set veza.migrations.url to a URL with sslmode and sslrootcert instead, "
							+ "or choose another veza.migrations.backup.mode.",
					null);
		}
	}

	private static void requireReadableKey(Properties properties) {
		String key = PGProperty.SSL_KEY.getOrNull(properties);
		if (key == null) {
			return;
		}
		String name = key.toLowerCase(Locale.ROOT);
		boolean readable = name.endsWith(".pem") || name.endsWith(".key");
		if (!readable || PGProperty.SSL_PASSWORD.isPresent(properties)) {
			throw new BackupFailedException(
					"pg_dump cannot read the key \"" + key + "\" that sslkey names in the JDBC URL.",
					"Give it one in PEM format without a password, whose name ends with .pem or .key, "
							+ "or choose another veza.migrations.backup.mode.",
					null);
		}
	}

}
