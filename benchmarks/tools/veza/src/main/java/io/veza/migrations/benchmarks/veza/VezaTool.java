package io.veza.migrations.benchmarks.veza;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import io.veza.migrations.MigrateRequest;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.RollbackRequest;
import io.veza.migrations.benchmarks.probe.Target;
import io.veza.migrations.benchmarks.probe.Tool;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.MigratorOptions;
import io.veza.migrations.source.ResourceMigrationSource;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Veza Migrations with everything as it is by default: record, verification and drift.
 */
public final class VezaTool implements Tool {

	private static final RequestOrigin OPERATOR = new RequestOrigin("benchmark", "to measure", false);

	@Override
	public void migrate(Target database, Path folder) {
		try (Migrator migrator = migrator(database, folder)) {
			migrator.migrate(MigrateRequest.all());
		}
	}

	@Override
	public void rollback(Target database, Path folder, int count) {
		try (Migrator migrator = migrator(database, folder)) {
			migrator.rollback(RollbackRequest.latest(count, OPERATOR));
		}
	}

	@Override
	public int load(String location) {
		return source(location).load().size();
	}

	private static Migrator migrator(Target database, Path folder) {
		return new Migrator(source(folder.toUri().toString()), database.dataSource(), MigratorOptions.defaults(),
				List.of(), ObservationRegistry.NOOP, Clock.systemUTC());
	}

	private static ResourceMigrationSource source(String location) {
		return new ResourceMigrationSource(new PathMatchingResourcePatternResolver(), List.of(location));
	}

}
