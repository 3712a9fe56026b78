package io.veza.migrations.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.RoundTrips;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a run waits for the server, with the defaults. The latency between an
 * application and its database is paid for each.
 */
class RoundTripIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path path;

	@Test
	void migrateWithoutAnyMigrationTakesOneRoundTrip() throws IOException {
		assertThat(roundTrips(folder(0), (migrator) -> migrator.migrate(MigrateRequest.all()))).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100 })
	void migrateWithNothingToDoTakesTwoRoundTripsHoweverManyAreApplied(int applied) throws IOException {
		MigrationFolder folder = folder(applied);
		Migrators.migrator(folder, this.database).migrate(MigrateRequest.all());

		assertThat(roundTrips(folder, (migrator) -> migrator.migrate(MigrateRequest.all()))).isEqualTo(2);
	}

	@Test
	void migrateWithOnePendingOnManyAppliedTakesFewRoundTrips() throws IOException {
		MigrationFolder folder = folder(100);
		Migrators.migrator(folder, this.database).migrate(MigrateRequest.all());
		with(folder, 101);

		assertThat(roundTrips(folder, (migrator) -> migrator.migrate(MigrateRequest.all()))).isLessThanOrEqualTo(6);
	}

	@Test
	void migrateOfManyTakesFewRoundTrips() throws IOException {
		assertThat(roundTrips(folder(100), (migrator) -> migrator.migrate(MigrateRequest.all())))
			.isLessThanOrEqualTo(20);
	}

	@Test
	void rollbackOfManyTakesFewRoundTrips() throws IOException {
		MigrationFolder folder = folder(100);
		Migrators.migrator(folder, this.database).migrate(MigrateRequest.all());

		assertThat(roundTrips(folder, (migrator) -> migrator.rollback(Migrators.rollback(100))))
			.isLessThanOrEqualTo(30);
	}

	private int roundTrips(MigrationFolder folder, Consumer<Migrator> operation) throws IOException {
		try (RoundTrips trips = RoundTrips.to(this.database)) {
			operation.accept(Migrators.migrator(folder, trips, MigratorOptions.defaults()));
			return trips.count();
		}
	}

	private MigrationFolder folder(int count) {
		MigrationFolder folder = MigrationFolder.in(this.path);
		for (int number = 1; number <= count; number++) {
			with(folder, number);
		}
		return folder;
	}

	private static void with(MigrationFolder folder, int number) {
		folder.with("%04d_table.sql".formatted(number), """
				CREATE TABLE t%1$d (id bigint PRIMARY KEY, name text NOT NULL);
				CREATE INDEX ON t%1$d (name);""".formatted(number), "DROP TABLE t%d;".formatted(number));
	}

}
