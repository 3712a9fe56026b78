package io.veza.migrations.engine;

import java.nio.file.Path;

import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that migrates a database through a pooler.
 */
final class PooledReplica {

	static final String DONE = "applied: ";

	private PooledReplica() {
	}

	public static void main(String[] arguments) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[1]);
		dataSource.setUser(arguments[2]);
		dataSource.setPassword(arguments[3]);
		Migrator migrator = Leases.migrator(MigrationFolder.in(Path.of(arguments[0])), dataSource, null);
		System.out.println(DONE + migrator.migrate(MigrateRequest.all()).migrations().size());
	}

}
