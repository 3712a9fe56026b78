package io.veza.migrations.autoconfigure;

import io.veza.migrations.DatabaseUnreachableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that the database cannot be reached.
 */
final class DatabaseUnreachableFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseUnreachableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DatabaseUnreachableException cause) {
		return new FailureAnalysis("The database to migrate cannot be reached:\n\n" + cause.problem(), cause.advice()
			.orElse("Check that the server runs and can be reached from here, and the URL, user and password of the "
					+ "DataSource, or of veza.migrations.url if that is set."),
				cause);
	}

}
