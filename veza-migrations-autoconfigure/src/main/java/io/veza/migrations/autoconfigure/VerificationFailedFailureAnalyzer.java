package io.veza.migrations.autoconfigure;

import io.veza.migrations.VerificationFailedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains what a rollback would have left otherwise than it was.
 */
final class VerificationFailedFailureAnalyzer extends AbstractFailureAnalyzer<VerificationFailedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, VerificationFailedException cause) {
		return new FailureAnalysis(cause.problem(), cause.advice().orElse(null), cause);
	}

}
