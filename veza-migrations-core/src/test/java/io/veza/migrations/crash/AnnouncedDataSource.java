package io.veza.migrations.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A source of connections whose calls are announced before they reach the driver.
 */
final class AnnouncedDataSource extends DelegatingDataSource {

	private final Announcer announcer;

	AnnouncedDataSource(DataSource dataSource, Announcer announcer) {
		super(dataSource);
		this.announcer = announcer;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return proxy(Connection.class, (proxy, method, arguments) -> onConnection(connection, method,
				(arguments != null) ? arguments : new Object[0]));
	}

	private @Nullable Object onConnection(Connection connection, Method method, @Nullable Object[] arguments)
			throws Throwable {
		if (method.getName().equals("unwrap") && arguments[0] == PGConnection.class) {
			return proxy(PGConnection.class,
					(proxy, call, values) -> call.getName().equals("getCopyAPI")
							? new AnnouncedCopy(connection.unwrap(BaseConnection.class), this.announcer)
							: invoke(connection.unwrap(PGConnection.class), call, values));
		}
		Object result = invoke(connection, method, arguments);
		if (method.getName().equals("createStatement") && result instanceof Statement statement) {
			return proxy(Statement.class, new AnnouncedStatement(statement, this.announcer));
		}
		return result;
	}

	static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
