package io.veza.migrations.testsupport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SQL of the guide: its set-up and the statements of its {@code migration_runner.py}.
 */
public final class Guide {

	/** {@code setup/migration_setup.sql}. */
	public static final String SETUP = """
			CREATE TABLE IF NOT EXISTS schema_migrations (
			    id SERIAL PRIMARY KEY,
			    version VARCHAR(255) NOT NULL UNIQUE,
			    name VARCHAR(255) NOT NULL,
			    applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
			    checksum VARCHAR(64),
			    execution_time INTEGER,
			    status VARCHAR(20) DEFAULT 'success'
			);
			CREATE INDEX IF NOT EXISTS idx_schema_migrations_version
			ON schema_migrations(version);
			CREATE INDEX IF NOT EXISTS idx_schema_migrations_applied_at
			ON schema_migrations(applied_at);
			CREATE OR REPLACE FUNCTION migration_applied(migration_version VARCHAR)
			RETURNS BOOLEAN AS $$
			BEGIN
			    RETURN EXISTS (
			        SELECT 1 FROM schema_migrations
			        WHERE version = migration_version
			    );
			END;
			$$ LANGUAGE plpgsql;
			CREATE OR REPLACE FUNCTION record_migration(
			    migration_version VARCHAR,
			    migration_name VARCHAR,
			    migration_checksum VARCHAR DEFAULT NULL
			)
			RETURNS VOID AS $$
			BEGIN
			    INSERT INTO schema_migrations (version, name, checksum)
			    VALUES (migration_version, migration_name, migration_checksum);
			END;
			$$ LANGUAGE plpgsql;
			""";

	private Guide() {
	}

	/**
	 * Return what the runner does to apply a migration.
	 * @param version the version
	 * @param name the name
	 * @param up the SQL of the UP
	 * @param content the content of the file
	 * @return the SQL
	 */
	public static String apply(String version, String name, String up, String content) {
		return "BEGIN;\n" + up + "\n;INSERT INTO schema_migrations (version, name, checksum, execution_time)\n"
				+ "VALUES ('" + version + "', '" + name + "', '" + checksum(content) + "', 2.4);\nCOMMIT;";
	}

	/**
	 * Return what the runner does to take a migration back.
	 * @param version the version
	 * @param down the SQL of the DOWN
	 * @return the SQL
	 */
	public static String rollback(String version, String down) {
		return "BEGIN;\n" + down + "\n;DELETE FROM schema_migrations WHERE version = '" + version + "';\nCOMMIT;";
	}

	/** {@code hashlib.sha256(sql.encode()).hexdigest()}. */
	private static String checksum(String content) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
