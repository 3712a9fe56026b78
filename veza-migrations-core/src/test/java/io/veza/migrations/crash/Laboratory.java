package io.veza.migrations.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;

/**
 * What all scenarios share: the server, the migrations, and how to run them.
 *
 * @param server the server
 * @param folder the migrations
 * @param jvm starts processes
 */
record Laboratory(CrashServer server, MigrationFolder folder, ChildJvm jvm) {

	static Laboratory open(CrashServer server, Path folder, int scale) throws IOException {
		return new Laboratory(server, MixedMigrations.write(folder.resolve("migrations"), scale), new ChildJvm(folder));
	}

	static Laboratory withLosses(CrashServer server, Path folder) throws IOException {
		return new Laboratory(server, LossyMigrations.write(folder.resolve("migrations")), new ChildJvm(folder));
	}

	TestDatabase database(String template) {
		return TestDatabase.create(this.server.server(), template);
	}

	Child start(TestDatabase database, Operation operation) throws IOException {
		return this.jvm.start(MigratingProcess.arguments(database, this.folder, operation));
	}

	/**
	 * Run an operation without disturbing it.
	 * @param database the database
	 * @param operation the operation
	 * @return the process, which is done
	 * @throws IOException if it cannot be started
	 */
	Child runInPeace(TestDatabase database, Operation operation) throws IOException {
		Child child = start(database, operation);
		if (child.finish() != 0) {
			throw new IllegalStateException("Undisturbed, \"" + operation + "\" fails: " + child.log());
		}
		this.jvm.takeClasses();
		return child;
	}

	/**
	 * Return whether nothing of a run is left in a database: no session, no lock.
	 * @param database the database
	 * @return whether nothing is left
	 */
	static boolean isQuiet(TestDatabase database) {
		return database
			.query("""
					SELECT
						(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '%s')
						+ (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database =
							(SELECT oid FROM pg_database WHERE datname = current_database()))
					"""
				.formatted(MigratingProcess.APPLICATION))
			.equals(List.of("0"));
	}

}
