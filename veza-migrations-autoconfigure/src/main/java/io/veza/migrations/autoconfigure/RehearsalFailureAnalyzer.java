package io.veza.migrations.autoconfigure;

import io.veza.migrations.RehearsalException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why no rehearsal can be held.
 */
final class RehearsalFailureAnalyzer extends AbstractFailureAnalyzer<RehearsalException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RehearsalException cause) {
		return new FailureAnalysis(cause.problem(), cause.advice().orElse(null), cause);
	}

}
