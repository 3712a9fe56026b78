package io.veza.migrations.engine;

import java.time.Duration;

import javax.sql.DataSource;

import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.lock.RunLockOptions;
import io.veza.migrations.lock.RunLockStrategy;
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

	static Migrator migrator(MigrationFolder folder, DataSource dataSource, @Nullable RunLockStrategy strategy) {
		return Migrators.migrator(folder, dataSource,
				MigratorOptions.defaults().with(new RunLockOptions(Duration.ofMinutes(5), strategy, TERM)));
	}

}
