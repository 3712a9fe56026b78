package io.veza.migrations.benchmarks.probe;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database to migrate.
 *
 * @param url its JDBC URL
 * @param user a user
 * @param password the password
 */
public record Target(String url, String user, String password) {

	/**
	 * Return connections to the database, each a new one.
	 * @return the connections
	 */
	public DataSource dataSource() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(this.url);
		dataSource.setUser(this.user);
		dataSource.setPassword(this.password);
		return dataSource;
	}

	/**
	 * Connect to the database.
	 * @return the connection, to be closed
	 * @throws SQLException if there is none to be had
	 */
	public Connection connect() throws SQLException {
		return dataSource().getConnection();
	}

}
