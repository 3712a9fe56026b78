package io.veza.migrations.backup;

import java.sql.SQLException;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process with little memory that rolls back a table of a million rows, and brings them
 * back.
 */
final class LargeBackup {

	private LargeBackup() {
	}

	public static void main(String[] arguments) throws SQLException {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[0]);
		dataSource.setUser(arguments[1]);
		dataSource.setPassword(arguments[2]);
		try (BackupRun run = BackupRun.on(dataSource)) {
			System.out.println("kept " + run.rollback("DROP TABLE big").kept().get(0).rows());
			run.execute("CREATE TABLE big (id int PRIMARY KEY, payload text)");
			System.out.println("restored " + run.restore().get(0).rows());
		}
	}

}
