package io.veza.migrations.benchmarks.runner.server;

import java.sql.SQLException;

/**
 * The databases that are measured on: each is used once, and dropped.
 */
public final class Databases {

	private static final String EMPTY = "template0";

	private static final String OWN_TABLES = """
			SELECT count(*)
			FROM pg_class
			WHERE relkind = 'r'
			  AND relnamespace = 'public'::regnamespace
			  AND relname LIKE 'bench\\_%'""";

	private final Server server;

	private int created;

	/**
	 * Create a new instance.
	 * @param server where they are
	 */
	public Databases(Server server) {
		this.server = server;
	}

	/**
	 * Create an empty database.
	 * @return its name
	 * @throws SQLException if it fails
	 */
	public String create() throws SQLException {
		return copy(EMPTY);
	}

	/**
	 * Create a copy of a database.
	 * @param template the name of the database
	 * @return the name of the copy
	 * @throws SQLException if it fails
	 */
	public String copy(String template) throws SQLException {
		String name = "veza_bench_" + ProcessHandle.current().pid() + "_" + ++this.created;
		this.server.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
		return name;
	}

	/**
	 * Create an empty database that is filled faster than is safe.
	 * @return its name
	 * @throws SQLException if it fails
	 */
	public String createHasty() throws SQLException {
		String name = create();
		this.server.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
		return name;
	}

	/**
	 * Let a database be as safe as all.
	 * @param name its name
	 * @throws SQLException if it fails
	 */
	public void slowDown(String name) throws SQLException {
		this.server.execute("ALTER DATABASE " + name + " RESET synchronous_commit");
	}

	/**
	 * Write to the disk what earlier measurements left to be written.
	 * @throws SQLException if it fails
	 */
	public void settle() throws SQLException {
		this.server.execute("CHECKPOINT");
	}

	/**
	 * Require that a database has as many tables of the migrations as it should.
	 * @param name its name
	 * @param expected how many
	 * @throws SQLException if it fails
	 */
	public void requireTables(String name, int expected) throws SQLException {
		int found = Integer.parseInt(this.server.query(name, OWN_TABLES));
		if (found != expected) {
			throw new IllegalStateException("There are " + found + " tables instead of " + expected
					+ ": the work was not done. Look at the output of the process.");
		}
	}

	/**
	 * Drop a database.
	 * @param name its name
	 * @throws SQLException if it fails
	 */
	public void drop(String name) throws SQLException {
		this.server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
	}

}
