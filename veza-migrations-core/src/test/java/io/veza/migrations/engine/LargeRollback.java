package io.veza.migrations.engine;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrateRequest;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.RestoreRequest;
import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.backup.PgDumpOptions;
import io.veza.migrations.backup.PgDumpTarget;
import io.veza.migrations.source.ResourceMigrationSource;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A process with little memory that rolls back the latest migration, and brings back what
 * it kept in the database.
 */
final class LargeRollback {

	private LargeRollback() {
	}

	/**
	 * Run.
	 * @param arguments URL, user, password, folder of the migrations, mode of the backup,
	 * and for {@code pg_dump} its path and the directory of the files
	 */
	public static void main(String[] arguments) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[0]);
		dataSource.setUser(arguments[1]);
		dataSource.setPassword(arguments[2]);
		BackupMode mode = BackupMode.valueOf(arguments[4]);
		PgDumpOptions dump = PgDumpOptions.defaults();
		BackupOptions backup = new BackupOptions(mode, "veza_backup", 1L << 30, null, new PgDumpOptions(arguments[5],
				Path.of(arguments[6]), dump.format(), dump.scope(), dump.timeout(), null));
		ResourceMigrationSource source = new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
				List.of(MigrationFolder.in(Path.of(arguments[3])).location()));
		try (Migrator migrator = new Migrator(source, dataSource, MigratorOptions.defaults().with(backup), List.of(),
				ObservationRegistry.NOOP, Clock.systemUTC(),
				() -> new PgDumpTarget(arguments[0], arguments[1], arguments[2], null), List::of)) {
			MigrationReport report = migrator.rollback(Migrators.rollback(1));
			System.out.println("kept in " + report.backup().location());
			if (mode == BackupMode.IN_DATABASE) {
				migrator.migrate(MigrateRequest.all().releasingHeld());
				migrator.restore(new RestoreRequest(null, Migrators.OPERATOR));
			}
			System.out.println("done");
		}
	}

}
