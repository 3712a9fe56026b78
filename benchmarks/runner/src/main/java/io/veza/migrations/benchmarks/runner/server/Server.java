package io.veza.migrations.benchmarks.runner.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.veza.migrations.benchmarks.probe.Target;

/**
 * The PostgreSQL server that everything is measured on.
 *
 * @param host the host
 * @param port the port
 * @param user a superuser
 * @param password its password
 */
public record Server(String host, int port, String user, String password) {

	private static final String DATABASE = "postgres";

	/**
	 * Return a database of this server.
	 * @param name its name
	 * @return the database
	 */
	public Target database(String name) {
		return via(this.host, this.port, name);
	}

	/**
	 * Return a database of this server, reached through a proxy on this machine.
	 * @param proxyPort the port of the proxy
	 * @param name the name of the database
	 * @return the database
	 */
	public Target databaseVia(int proxyPort, String name) {
		return via("localhost", proxyPort, name);
	}

	private Target via(String viaHost, int viaPort, String name) {
		return new Target("jdbc:postgresql://" + viaHost + ":" + viaPort + "/" + name, this.user, this.password);
	}

	/**
	 * Require that a commit waits for the disk, as it does where data matters.
	 * @return this server
	 * @throws SQLException if it cannot be asked
	 */
	public Server requireDurable() throws SQLException {
		for (String setting : new String[] { "fsync", "synchronous_commit", "full_page_writes" }) {
			String value = show(setting);
			if (!"on".equals(value)) {
				throw new IllegalStateException("The server has \"" + setting + "\" set to \"" + value
						+ "\", so that a commit costs nothing. Set it to \"on\" to measure.");
			}
		}
		return this;
	}

	/**
	 * Return what a reader needs to know of it.
	 * @return its version and settings
	 * @throws SQLException if it cannot be asked
	 */
	public String describe() throws SQLException {
		return "PostgreSQL " + show("server_version") + ", fsync " + show("fsync") + ", synchronous_commit "
				+ show("synchronous_commit") + ", shared_buffers " + show("shared_buffers");
	}

	/**
	 * Ask for a setting.
	 * @param setting its name
	 * @return its value
	 * @throws SQLException if it cannot be asked
	 */
	public String show(String setting) throws SQLException {
		return query(DATABASE, "SHOW " + setting);
	}

	/**
	 * Run a statement beside the databases.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	public void execute(String sql) throws SQLException {
		try (Connection connection = database(DATABASE).connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Ask a database for one value.
	 * @param name the name of the database
	 * @param sql the query
	 * @return the value
	 * @throws SQLException if it fails
	 */
	public String query(String name, String sql) throws SQLException {
		try (Connection connection = database(name).connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

}
