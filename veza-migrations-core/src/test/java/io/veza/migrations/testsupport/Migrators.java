package io.veza.migrations.testsupport;

import java.util.List;

import javax.sql.DataSource;

import io.veza.migrations.engine.MigrationListener;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;

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
		return Migrator.builder(dataSource)
			.locations(folder.location())
			.options(options)
			.listeners(List.of(listeners))
			.build();
	}

	public static RollbackRequest rollback(int count) {
		return RollbackRequest.latest(count, OPERATOR);
	}

}
