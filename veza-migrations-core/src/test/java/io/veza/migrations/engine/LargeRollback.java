package io.veza.migrations.engine;

import java.nio.file.Path;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.backup.pgdump.PgDumpOptions;
import io.veza.migrations.backup.pgdump.PgDumpTarget;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RestoreRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import org.postgresql.ds.PGSimpleDataSource;

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
		try (Migrator migrator = Migrator.builder(dataSource)
			.locations(MigrationFolder.in(Path.of(arguments[3])).location())
			.options(MigratorOptions.defaults().with(backup))
			.dumpTarget(() -> new PgDumpTarget(arguments[0], arguments[1], arguments[2], null))
			.build()) {
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
