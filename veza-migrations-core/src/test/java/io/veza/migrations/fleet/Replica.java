package io.veza.migrations.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that migrates a database, or takes its latest migration back, when it is told
 * to go, and says when it was done.
 */
final class Replica {

	static final String STANDING_BY = "standing by";

	static final String GO = "go";

	private Replica() {
	}

	static List<String> arguments(String operation, MigrationFolder folder, TestDatabase database) {
		return List.of(operation, folder.path().toString(), database.url(), database.user(), database.password());
	}

	public static void main(String[] arguments) throws IOException {
		Migrator migrator = migrator(MigrationFolder.in(Path.of(arguments[1])), arguments);
		System.out.println(STANDING_BY);
		if (System.in.read() < 0) {
			throw new IllegalStateException("Who started this process is gone");
		}
		MigrationReport report = "rollback".equals(arguments[0]) ? migrator.rollback(Migrators.rollback(1))
				: migrator.migrate(MigrateRequest.all());
		System.out.println(ReplicaRun.line(report.migrations().size(), Instant.now()));
	}

	private static Migrator migrator(MigrationFolder folder, String[] arguments) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[2]);
		dataSource.setUser(arguments[3]);
		dataSource.setPassword(arguments[4]);
		return Migrators.migrator(folder, dataSource, MigratorOptions.defaults());
	}

}
