package io.veza.migrations.benchmarks.veza;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import io.veza.migrations.benchmarks.probe.Target;
import io.veza.migrations.benchmarks.probe.Tool;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.source.PrefetchingMigrationSource;
import io.veza.migrations.source.ResourceMigrationSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Veza Migrations with everything as it is by default: record, verification and drift.
 */
public final class VezaTool implements Tool {

	private static final RequestOrigin OPERATOR = new RequestOrigin("benchmark", "to measure", false);

	/** What an application has anyway, as it has its DataSource. */
	private final ResourcePatternResolver resources = new PathMatchingResourcePatternResolver();

	/** Keeps its thread, whose allocations would not be counted otherwise. */
	private final Executor reader = Executors.newSingleThreadExecutor(VezaTool::daemon);

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

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	}

	/** Files are read beside the caller, as they are while an application starts. */
	private Migrator migrator(Target database, Path folder) {
		MigrationSource source = PrefetchingMigrationSource.of(source(folder.toUri().toString()), this.reader);
		return Migrator.builder(database.dataSource()).source(source).build();
	}

	private ResourceMigrationSource source(String location) {
		return new ResourceMigrationSource(this.resources, List.of(location));
	}

}
