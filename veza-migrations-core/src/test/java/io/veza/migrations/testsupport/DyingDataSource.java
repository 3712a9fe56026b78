package io.veza.migrations.testsupport;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.awaitility.Awaitility;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections whose session the server ends as soon as a statement has done its work, so
 * that nothing after it reaches the database.
 */
public final class DyingDataSource extends AbstractDataSource {

	private final TestDatabase database;

	private final String lastStatement;

	private DyingDataSource(TestDatabase database, String lastStatement) {
		this.database = database;
		this.lastStatement = lastStatement;
	}

	/**
	 * Return one whose sessions die.
	 * @param database the database
	 * @param lastStatement how the statement begins after which they die
	 * @return the data source
	 */
	public static DyingDataSource after(TestDatabase database, String lastStatement) {
		return new DyingDataSource(database, lastStatement);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = this.database.connect();
		return proxy(Connection.class, connection, (proxy, method, arguments) -> {
			Object result = invoke(connection, method, arguments);
			return "createStatement".equals(method.getName()) ? statement((Statement) result, connection) : result;
		});
	}

	private Statement statement(Statement statement, Connection connection) {
		return proxy(Statement.class, statement, (proxy, method, arguments) -> {
			Object result = invoke(statement, method, arguments);
			if ("execute".equals(method.getName()) && String.valueOf(arguments[0]).startsWith(this.lastStatement)) {
				kill(connection.unwrap(PGConnection.class).getBackendPID());
			}
			return result;
		});
	}

	private void kill(int pid) {
		this.database.execute("SELECT pg_terminate_backend(" + pid + ")");
		Awaitility.await()
			.until(() -> this.database.query("SELECT 1 FROM pg_stat_activity WHERE pid = " + pid).isEmpty());
	}

	private static <T> T proxy(Class<T> type, T target, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

}
