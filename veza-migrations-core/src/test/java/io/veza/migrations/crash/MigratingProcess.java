package io.veza.migrations.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The program that is killed: migrates or rolls back once and announces what it does. The
 * exit code is that of the JVM: 0 when it is done, 1 after any failure.
 */
public final class MigratingProcess {

	/** The application name by which its sessions are found. */
	static final String APPLICATION = "veza-crash";

	/** A rollback that waits for the backend of one that was killed. */
	private static final RequestOrigin ORIGIN = new RequestOrigin("crash", "a crash", true);

	private MigratingProcess() {
	}

	/**
	 * Run. What was rolled back before is released.
	 * @param arguments URL, user, password, folder of the migrations, and for a rollback
	 * the version that stays and how what it destroys is kept
	 */
	public static void main(String[] arguments) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[0]);
		dataSource.setUser(arguments[1]);
		dataSource.setPassword(arguments[2]);
		dataSource.setApplicationName(APPLICATION);
		Migrator migrator = Migrators.migrator(MigrationFolder.in(Path.of(arguments[3])),
				new AnnouncedDataSource(dataSource, new Announcer(System.out)), MigratorOptions.defaults());
		if (arguments.length > 4) {
			migrator.rollback(RollbackRequest.downTo(MigrationVersion.of(arguments[4]), ORIGIN)
				.with(BackupMode.valueOf(arguments[5])));
		}
		else {
			migrator.migrate(MigrateRequest.all().releasingHeld());
		}
	}

	/**
	 * Return the arguments for a run.
	 * @param database the database
	 * @param folder the migrations
	 * @param operation what to do
	 * @return the arguments
	 */
	static List<String> arguments(TestDatabase database, MigrationFolder folder, Operation operation) {
		List<String> arguments = new ArrayList<>(
				List.of(database.url(), database.user(), database.password(), folder.path().toString()));
		if (operation.rollbackTo() != null) {
			arguments.addAll(List.of(operation.rollbackTo(), operation.backup().name()));
		}
		return arguments;
	}

}
