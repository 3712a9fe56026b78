package io.veza.migrations.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why it is not clear which database to migrate.
 */
final class DataSourceSelectionFailureAnalyzer extends AbstractFailureAnalyzer<DataSourceSelectionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DataSourceSelectionException cause) {
		return new FailureAnalysis("The database to migrate is not clear. " + cause.getMessage(), cause.action(),
				cause);
	}

}
