package io.veza.migrations.engine;

import java.time.Duration;

import javax.sql.DataSource;

import io.veza.migrations.lock.LockOptions;
import io.veza.migrations.lock.LockStrategy;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import org.jspecify.annotations.Nullable;

/**
 * Makes migrators whose leases end soon.
 */
final class Leases {

	private static final Duration TERM = Duration.ofSeconds(3);

	private Leases() {
	}

	static Migrator migrator(MigrationFolder folder, DataSource dataSource, @Nullable LockStrategy strategy) {
		return Migrators.migrator(folder, dataSource,
				MigratorOptions.defaults().with(new LockOptions(Duration.ofMinutes(5), strategy, TERM)));
	}

}
