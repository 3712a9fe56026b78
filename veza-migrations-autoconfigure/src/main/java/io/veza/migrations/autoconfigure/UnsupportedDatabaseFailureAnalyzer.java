package io.veza.migrations.autoconfigure;

import io.veza.migrations.UnsupportedDatabaseException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that the database is not PostgreSQL.
 */
final class UnsupportedDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedDatabaseException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedDatabaseException cause) {
		return new FailureAnalysis("The database cannot be migrated:\n\n" + cause.getMessage(),
				"Point the DataSource or veza.migrations.url to a supported PostgreSQL server, mark another DataSource "
						+ "with @MigrationsDataSource, or set veza.migrations.enabled=false.",
				cause);
	}

}
