package io.veza.migrations.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A statement whose executions are announced before they reach the driver.
 */
final class AnnouncedStatement implements InvocationHandler {

	private final Statement statement;

	private final Announcer announcer;

	private final List<String> batch = new ArrayList<>();

	AnnouncedStatement(Statement statement, Announcer announcer) {
		this.statement = statement;
		this.announcer = announcer;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		if (method.getName().equals("addBatch")) {
			this.batch.add(sql(arguments));
		}
		if (!method.getName().startsWith("execute")) {
			return AnnouncedDataSource.invoke(this.statement, method, arguments);
		}
		List<String> statements = (arguments != null) ? List.of(sql(arguments)) : List.copyOf(this.batch);
		return this.announcer.announce(statements, () -> AnnouncedDataSource.invoke(this.statement, method, arguments));
	}

	private static String sql(@Nullable Object @Nullable [] arguments) {
		return (arguments != null) ? String.valueOf(arguments[0]) : "";
	}

}
