package io.veza.migrations.autoconfigure.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * The failure analyzer for a start that ended early within the creation of a bean, which
 * Spring Boot takes for a failure.
 */
final class StartAbandonedFailureAnalyzer extends AbstractFailureAnalyzer<StartAbandonedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StartAbandonedException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), "Start again to continue.", cause);
	}

}
