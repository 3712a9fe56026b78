package io.veza.migrations.autoconfigure;

import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.backup.pgdump.PgDumpTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class MigratedDatabaseTests {

	private static final String URL = "jdbc:postgresql://db:5432/chat";

	@ParameterizedTest
	@MethodSource("telling")
	void dumpTargetWhenDataSourceTellsHasUrlUserAndPassword(DataSource dataSource) {
		PgDumpTarget target = new MigratedDatabase(dataSource, null).dumpTarget("chat_owner");

		assertThat(target).isNotNull();
		assertThat(target.url()).startsWith(URL);
		assertThat(target.username()).isEqualTo("ann");
		assertThat(target.password()).isEqualTo("s3cret");
		assertThat(target.role()).isEqualTo("chat_owner");
	}

	@Test
	void dumpTargetDoesNotStartThePool() {
		HikariDataSource pool = hikari();

		new MigratedDatabase(pool, null).dumpTarget(null);

		assertThat(pool.getHikariPoolMXBean()).isNull();
	}

	@Test
	void dumpTargetWhenDataSourceDoesNotTellIsNone() {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return "one";
			}

		};

		assertThat(new MigratedDatabase(routing, null).dumpTarget(null)).isNull();
		assertThat(new MigratedDatabase(mock(DataSource.class), null).dumpTarget(null)).isNull();
		assertThat(new MigratedDatabase(new HikariDataSource(), null).dumpTarget(null)).isNull();
	}

	static Stream<DataSource> telling() {
		PGSimpleDataSource simple = new PGSimpleDataSource();
		simple.setUrl(URL);
		simple.setUser("ann");
		simple.setPassword("s3cret");
		return Stream.of(simple, hikari(), new DelegatingDataSource(hikari()),
				new SimpleDriverDataSource(new Driver(), URL, "ann", "s3cret"));
	}

	private static HikariDataSource hikari() {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(URL);
		dataSource.setUsername("ann");
		dataSource.setPassword("s3cret");
		return dataSource;
	}

}
