package io.veza.migrations.benchmarks.flyway;

import java.nio.file.Path;

import io.veza.migrations.benchmarks.probe.Target;
import io.veza.migrations.benchmarks.probe.Tool;
import org.flywaydb.core.Flyway;

/**
 * Flyway with everything as it is by default.
 */
public final class FlywayTool implements Tool {

	@Override
	public void migrate(Target database, Path folder) {
		Flyway.configure().dataSource(database.dataSource()).locations("filesystem:" + folder).load().migrate();
	}

}
