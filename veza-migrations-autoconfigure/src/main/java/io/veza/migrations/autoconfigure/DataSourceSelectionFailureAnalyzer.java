package io.veza.migrations.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * The failure analyzer for DataSource beans among which the one to migrate is not clear.
 */
final class DataSourceSelectionFailureAnalyzer extends AbstractFailureAnalyzer<DataSourceSelectionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DataSourceSelectionException cause) {
		return new FailureAnalysis("The database to migrate is not clear. " + cause.getMessage(), cause.action(),
				cause);
	}

}
