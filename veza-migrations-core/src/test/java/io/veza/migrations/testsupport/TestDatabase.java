package io.veza.migrations.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An empty database on the shared server.
 */
public final class TestDatabase {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	/** What autovacuum writes by itself is left out, and what all databases share. */
	private static final String WRITES = """
			SELECT s.schemaname, s.relname, s.n_tup_ins, s.n_tup_upd, s.n_tup_del
			FROM pg_stat_all_tables s
			JOIN pg_class c ON c.oid = s.relid
			WHERE NOT c.relisshared AND s.relname NOT IN ('pg_statistic', 'pg_toast_2619')
			ORDER BY 1, 2""";

	private static final String OTHER_SESSIONS = """
			SELECT pid
			FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()""";

	private final TestServer server;

	private final String name;

	private TestDatabase(TestServer server, String name) {
		this.server = server;
		this.name = name;
	}

	/**
	 * Create a database with a name of its own.
	 * @return the database
	 */
	public static TestDatabase create() {
		return create(TestServer.get(), "template0");
	}

	/**
	 * Create a database with a name of its own.
	 * @param server the server
	 * @param template the name of the database to copy
	 * @return the database
	 */
	public static TestDatabase create(TestServer server, String template) {
		String name = "veza_test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
		new TestDatabase(server, "postgres").execute("CREATE DATABASE " + name + " TEMPLATE " + template);
		return new TestDatabase(server, name);
	}

	/**
	 * Create a database with a certain name, in place of the one that bears it.
	 * @param name the name
	 * @return the database
	 */
	public static TestDatabase named(String name) {
		TestServer server = TestServer.get();
		TestDatabase other = new TestDatabase(server, "postgres");
		other.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
		other.execute("CREATE DATABASE " + name + " TEMPLATE template0");
		return new TestDatabase(server, name);
	}

	/**
	 * Drop the database, whoever is connected to it.
	 */
	public void drop() {
		new TestDatabase(this.server, "postgres").execute("DROP DATABASE " + this.name + " WITH (FORCE)");
	}

	public String name() {
		return this.name;
	}

	public String url() {
		return this.server.url(this.name);
	}

	public String user() {
		return this.server.user();
	}

	public String password() {
		return this.server.password();
	}

	/**
	 * Return the properties that point a Spring Boot application to this database.
	 * @return {@code key=value} pairs
	 */
	public String[] springProperties() {
		return new String[] { "spring.datasource.url=" + url(), "spring.datasource.username=" + user(),
				"spring.datasource.password=" + password() };
	}

	public DataSource dataSource() {
		return dataSource(user(), password());
	}

	public DataSource dataSource(String user, String password) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(url());
		dataSource.setUser(user);
		dataSource.setPassword(password);
		return dataSource;
	}

	public Connection connect() throws SQLException {
		return DriverManager.getConnection(url(), user(), password());
	}

	/**
	 * Run SQL, which may be several statements.
	 * @param sql the SQL
	 */
	public void execute(String sql) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Run a query and return its rows, each as its columns joined by {@code |}; a null is
	 * an empty text.
	 * @param sql the query
	 * @return the rows
	 */
	public List<String> query(String sql) {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			ResultSetMetaData columns = rows.getMetaData();
			List<String> result = new ArrayList<>();
			while (rows.next()) {
				List<String> values = new ArrayList<>();
				for (int i = 1; i <= columns.getColumnCount(); i++) {
					String value = rows.getString(i);
					values.add((value != null) ? value : "");
				}
				result.add(String.join("|", values));
			}
			return result;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the relations and functions of all schemas but those of PostgreSQL.
	 * @return one {@code kind schema.name} each, ordered
	 */
	public List<String> objects() {
		return query("""
				SELECT c.relkind::text || ' ' || n.nspname || '.' || c.relname AS object
				FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
				WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
				UNION ALL
				SELECT 'f ' || n.nspname || '.' || p.proname
				FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
				WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
				ORDER BY object""");
	}

	/**
	 * Return how many rows of each table have been written, as soon as nobody is
	 * connected: the statistics of a session are complete when it has ended.
	 * @return one line for each table, those of the catalog too, ordered
	 */
	public List<String> writes() {
		Awaitility.await().until(() -> query(OTHER_SESSIONS).isEmpty());
		return query(WRITES);
	}

}
