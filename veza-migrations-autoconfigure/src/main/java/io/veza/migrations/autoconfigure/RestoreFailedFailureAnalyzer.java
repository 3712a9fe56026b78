package io.veza.migrations.autoconfigure;

import io.veza.migrations.RestoreFailedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why nothing was brought back.
 */
final class RestoreFailedFailureAnalyzer extends AbstractFailureAnalyzer<RestoreFailedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RestoreFailedException cause) {
		return new FailureAnalysis(cause.problem(), cause.advice().orElse(null), cause);
	}

}
