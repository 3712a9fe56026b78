package io.veza.migrations.autoconfigure.rehearsal;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.rehearsal.scratch.ServerAccess;
import io.veza.migrations.rehearsal.scratch.ServerAccessResolver;
import io.veza.migrations.testsupport.TestDatabase;
import org.apache.commons.dbcp2.BasicDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class DerivedServerAccessResolverTests {

	private static final String URL = "jdbc:postgresql://localhost/db";

	private final DerivedServerAccessResolver resolver = new DerivedServerAccessResolver();

	@ParameterizedTest
	@MethodSource
	void loginIsFound(DataSource dataSource) {
		assertThat(this.resolver.resolve(URL, dataSource)).contains(new ServerAccess(URL, "eva", "secret"));
	}

	static Stream<Named<DataSource>> loginIsFound() {
		return Stream.of(Named.of("PostgreSQL's", postgres()), Named.of("Hikari", hikari()),
				Named.of("Hikari around another", around(postgres())), Named.of("Tomcat's", tomcat()),
				Named.of("DBCP2", dbcp2()),
				Named.of("DriverManager's", new DriverManagerDataSource(URL, "eva", "secret")),
				Named.of("Spring's", new SimpleDriverDataSource(new org.postgresql.Driver(), URL, "eva", "secret")),
				Named.of("wrapped twice", new LazyConnectionDataSourceProxy(new DelegatingDataSource(hikari()))),
				Named.of("proxy of Spring", proxied(postgres())),
				Named.of("wrapped proxy of a pool", new DelegatingDataSource(proxied(hikari()))),
				Named.of("routing", routing(hikari())), Named.of("wrapper of a library", new Wrapper(hikari())));
	}

	@Test
	void loginOfTheUrlIsLeftToTheUrl() {
		assertThat(this.resolver.resolve(URL, new DriverManagerDataSource(URL + "?user=eva")))
			.contains(new ServerAccess(URL, null, null));
	}

	@Test
	void dataSourceThatDoesNotTellHasNone() {
		DataSource silent = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { DataSource.class }, (proxy, method, arguments) -> null);

		assertThat(this.resolver.resolve(URL, silent)).isEmpty();
	}

	@Test
	void resolverIsAService() {
		assertThat(ServiceLoader.load(ServerAccessResolver.class))
			.hasExactlyElementsOfTypes(DerivedServerAccessResolver.class);
	}

	@Test
	void accessOfAPoolConnects() throws SQLException {
		TestDatabase database = TestDatabase.create();
		PGSimpleDataSource plain = (PGSimpleDataSource) database.dataSource();
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(plain.getUrl());
			pool.setUsername(plain.getUser());
			pool.setPassword(plain.getPassword());

			try (Connection connection = ServerAccess.of(pool).connect()) {
				assertThat(connection.getCatalog()).isEqualTo(database.name());
			}
		}
		finally {
			database.drop();
		}
	}

	private static DataSource postgres() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUser("eva");
		dataSource.setPassword("secret");
		return dataSource;
	}

	private static HikariDataSource hikari() {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setUsername("eva");
		dataSource.setPassword("secret");
		return dataSource;
	}

	private static HikariDataSource around(DataSource inner) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setDataSource(inner);
		return dataSource;
	}

	private static DataSource tomcat() {
		org.apache.tomcat.jdbc.pool.DataSource dataSource = new org.apache.tomcat.jdbc.pool.DataSource();
		dataSource.setUrl(URL);
		dataSource.setUsername("eva");
		dataSource.setPassword("secret");
		return dataSource;
	}

	private static DataSource dbcp2() {
		BasicDataSource dataSource = new BasicDataSource();
		dataSource.setUrl(URL);
		dataSource.setUsername("eva");
		dataSource.setPassword("secret");
		return dataSource;
	}

	private static DataSource proxied(DataSource target) {
		ProxyFactory factory = new ProxyFactory();
		factory.setInterfaces(DataSource.class);
		factory.setTarget(target);
		return (DataSource) factory.getProxy();
	}

	private static DataSource routing(DataSource target) {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected @Nullable Object determineCurrentLookupKey() {
				return null;
			}

		};
		routing.setTargetDataSources(Map.of());
		routing.setDefaultTargetDataSource(target);
		routing.initialize();
		return routing;
	}

	/**
	 * Has the getter that wrappers of other libraries have.
	 */
	public static final class Wrapper extends AbstractDataSource {

		private final DataSource delegate;

		Wrapper(DataSource delegate) {
			this.delegate = delegate;
		}

		public DataSource getDelegate() {
			return this.delegate;
		}

		@Override
		public Connection getConnection() throws SQLException {
			return this.delegate.getConnection();
		}

		@Override
		public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
			return this.delegate.getConnection(user, password);
		}

	}

}
