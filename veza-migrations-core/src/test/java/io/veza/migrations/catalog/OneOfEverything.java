package io.veza.migrations.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

import io.veza.migrations.testsupport.TestDatabase;

/**
 * A database with one of everything, which is changed only in transactions that are taken
 * back.
 */
final class OneOfEverything {

	private static final class Holder {

		private static final TestDatabase DATABASE = create();

		private static final Snapshot SNAPSHOT = takeAfter("SELECT 1");

	}

	private OneOfEverything() {
	}

	/**
	 * Create a database of this kind, to be changed at will.
	 * @return the database
	 */
	static TestDatabase create() {
		TestDatabase database = TestDatabase.create();
		database.execute(script());
		return database;
	}

	static String script() {
		try (InputStream script = OneOfEverything.class.getResourceAsStream("/catalog/everything.sql")) {
			return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static TestDatabase database() {
		return Holder.DATABASE;
	}

	static Snapshot snapshot() {
		return Holder.SNAPSHOT;
	}

	static int serverVersion() {
		return Integer.parseInt(database().query("SHOW server_version_num").get(0)) / 10000;
	}

	/**
	 * Return what the snapshot shows of a change.
	 * @param sql the change
	 * @return the changes
	 */
	static List<String> changes(String sql) {
		return snapshot().changes(takeAfter(sql));
	}

	/**
	 * Return what the snapshot shows after a change that is taken back.
	 * @param sql the change
	 * @return the snapshot
	 */
	static Snapshot takeAfter(String sql) {
		try (Connection connection = Holder.DATABASE.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.setEscapeProcessing(false);
			statement.execute(sql);
			return Snapshot.take(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
