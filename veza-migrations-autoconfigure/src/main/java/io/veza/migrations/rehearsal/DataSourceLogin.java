package io.veza.migrations.rehearsal;

import java.lang.reflect.InvocationTargetException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The user and the password with which a {@code DataSource} connects. It is asked by its
 * public getters: pools and wrappers are of many libraries, none of which is required.
 *
 * @param username the user, {@code null} if it has none of its own
 * @param password the password, {@code null} if it has none of its own
 */
record DataSourceLogin(@Nullable String username, @Nullable String password) {

	private static final List<String> USERNAMES = List.of("getUsername", "getUserName", "getUser");

	private static final String PASSWORD = "getPassword";

	/** Tomcat's pool tells its password by them only. */
	private static final String PROPERTIES = "getPoolProperties";

	/**
	 * What leads to the {@code DataSource} inside of another one, or inside of a proxy.
	 */
	private static final List<String> INNER = List.of("getTargetDataSource", "getResolvedDefaultDataSource",
			"getRealDataSource", "getDecoratedDataSource", "getDelegate", "getDataSource", "getTargetSource",
			"getTarget");

	/**
	 * Ask a {@code DataSource} and what it wraps.
	 * @param dataSource the {@code DataSource}
	 * @return the login, or empty if none of them tells
	 */
	static Optional<DataSourceLogin> of(DataSource dataSource) {
		return find(dataSource, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	/** A pool that has no user of its own takes that of what it wraps. */
	private static Optional<DataSourceLogin> find(Object source, Set<Object> seen) {
		if (!seen.add(source)) {
			return Optional.empty();
		}
		Object properties = get(source, PROPERTIES).orElse(null);
		if (properties != null) {
			return find(properties, seen);
		}
		Optional<DataSourceLogin> own = ask(source);
		if (own.isPresent() && own.get().username != null) {
			return own;
		}
		return INNER.stream()
			.flatMap((getter) -> get(source, getter).stream())
			.flatMap((inner) -> find(inner, seen).stream())
			.findFirst()
			.or(() -> own);
	}

	private static Optional<DataSourceLogin> ask(Object source) {
		if (!tells(source, PASSWORD) || USERNAMES.stream().noneMatch((getter) -> tells(source, getter))) {
			return Optional.empty();
		}
		return Optional.of(new DataSourceLogin(text(source, USERNAMES.stream()), text(source, Stream.of(PASSWORD))));
	}

	private static boolean tells(Object source, String getter) {
		try {
			return source.getClass().getMethod(getter).getReturnType() == String.class;
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

	private static @Nullable String text(Object source, Stream<String> getters) {
		return getters.flatMap((getter) -> get(source, getter).stream()).map(String::valueOf).findFirst().orElse(null);
	}

	/** The getter of a class that is not public cannot be called. */
	private static Optional<Object> get(Object source, String getter) {
		try {
			return Optional.ofNullable(source.getClass().getMethod(getter).invoke(source));
		}
		catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
			return Optional.empty();
		}
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "DataSourceLogin[username=" + this.username + "]";
	}

}
