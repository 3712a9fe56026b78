package io.veza.migrations.rehearsal;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
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

import static org.assertj.core.api.Assertions.assertThat;

class DataSourceLoginTests {

	private static final String URL = "jdbc:postgresql://localhost/db";

	@ParameterizedTest
	@MethodSource
	void loginIsFound(DataSource dataSource) {
		assertThat(DataSourceLogin.of(dataSource)).contains(new DataSourceLogin("eva", "secret"));
	}

	static Stream<Named<DataSource>> loginIsFound() {
		return Stream.of(Named.of("PostgreSQL's", postgres()), Named.of("Hikari", hikari()),
				Named.of("Hikari around another", around(postgres())),
				Named.of("DriverManager's", new DriverManagerDataSource(URL, "eva", "secret")),
				Named.of("Spring's", new SimpleDriverDataSource(new org.postgresql.Driver(), URL, "eva", "secret")),
				Named.of("wrapped twice", new LazyConnectionDataSourceProxy(new DelegatingDataSource(hikari()))),
				Named.of("proxy of Spring", proxied(postgres())), Named.of("like Tomcat's", new TomcatLike()),
				Named.of("like DBCP2", new Dbcp2Like()));
	}

	@Test
	void loginOfTheUrlIsLeftToTheUrl() {
		assertThat(DataSourceLogin.of(new DriverManagerDataSource(URL + "?user=eva")))
			.contains(new DataSourceLogin(null, null));
	}

	@Test
	void dataSourceThatDoesNotTellHasNone() {
		DataSource silent = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { DataSource.class }, (proxy, method, arguments) -> null);

		assertThat(DataSourceLogin.of(silent)).isEqualTo(Optional.empty());
	}

	@Test
	void dataSourceThatWrapsItselfEnds() {
		DelegatingDataSource circle = new DelegatingDataSource();
		circle.setTargetDataSource(circle);

		assertThat(DataSourceLogin.of(circle)).isEmpty();
	}

	@Test
	void textDoesNotShowThePassword() {
		assertThat(new DataSourceLogin("eva", "secret")).hasToString("DataSourceLogin[username=eva]");
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

	private static DataSource proxied(DataSource target) {
		ProxyFactory factory = new ProxyFactory();
		factory.setInterfaces(DataSource.class);
		factory.setTarget(target);
		return (DataSource) factory.getProxy();
	}

	/**
	 * Has the getters of Tomcat's pool, of which one does not tell.
	 */
	public static final class TomcatLike extends Unconnected {

		public String getUsername() {
			return "eva";
		}

		public String getPassword() {
			return "Password not available as DataSource/JMX operation.";
		}

		public Properties getPoolProperties() {
			return new Properties();
		}

		/**
		 * The properties of the pool.
		 */
		public static final class Properties {

			public String getUsername() {
				return "eva";
			}

			public String getPassword() {
				return "secret";
			}

		}

	}

	/**
	 * Has the getters of DBCP2.
	 */
	public static final class Dbcp2Like extends Unconnected {

		public String getUserName() {
			return "eva";
		}

		public String getPassword() {
			return "secret";
		}

	}

	private abstract static class Unconnected extends AbstractDataSource {

		@Override
		public java.sql.Connection getConnection() {
			throw new UnsupportedOperationException();
		}

		@Override
		public java.sql.Connection getConnection(@Nullable String user, @Nullable String password) {
			throw new UnsupportedOperationException();
		}

	}

}
