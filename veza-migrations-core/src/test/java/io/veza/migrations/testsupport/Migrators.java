package io.veza.migrations.testsupport;

import java.time.Clock;
import java.util.List;

import javax.sql.DataSource;

import io.micrometer.observation.ObservationRegistry;
import io.veza.migrations.MigrationListener;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.RollbackRequest;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.MigratorOptions;
import io.veza.migrations.source.ResourceMigrationSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Makes migrators for a folder and a database.
 */
public final class Migrators {

	/** An operator who does not wait. */
	public static final RequestOrigin OPERATOR = new RequestOrigin("olivia", "a bad release", false);

	private Migrators() {
	}

	public static Migrator migrator(MigrationFolder folder, TestDatabase database, MigrationListener... listeners) {
		return migrator(folder, database.dataSource(), MigratorOptions.defaults(), listeners);
	}

	public static Migrator migrator(MigrationFolder folder, DataSource dataSource, MigratorOptions options,
			MigrationListener... listeners) {
		ResourceMigrationSource source = new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
				List.of(folder.location()));
		return new Migrator(source, dataSource, options, List.of(listeners), ObservationRegistry.NOOP,
				Clock.systemUTC());
	}

	public static RollbackRequest rollback(int count) {
		return RollbackRequest.latest(count, OPERATOR);
	}

}
