package io.veza.migrations.benchmarks.liquibase;

import java.nio.file.Path;
import java.sql.Connection;

import io.veza.migrations.benchmarks.probe.Target;
import io.veza.migrations.benchmarks.probe.Tool;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/**
 * Liquibase with everything as it is by default; its summary goes to the log, as Spring
 * Boot has it.
 */
public final class LiquibaseTool implements Tool {

	private static final String CHANGELOG = "db/changelog/changelog.xml";

	@Override
	@SuppressWarnings("try") // it declares to throw InterruptedException
	public void migrate(Target target, Path folder) throws Exception {
		try (Connection connection = target.connect();
				DirectoryResourceAccessor files = new DirectoryResourceAccessor(folder)) {
			Database database = DatabaseFactory.getInstance()
				.findCorrectDatabaseImplementation(new JdbcConnection(connection));
			try (Liquibase liquibase = new Liquibase(CHANGELOG, files, database)) {
				liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
				liquibase.update(new Contexts());
			}
		}
	}

}
