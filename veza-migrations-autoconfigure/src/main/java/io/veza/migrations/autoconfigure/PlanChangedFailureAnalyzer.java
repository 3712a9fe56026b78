package io.veza.migrations.autoconfigure;

import io.veza.migrations.PlanChangedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains what has changed since a plan was looked at.
 */
final class PlanChangedFailureAnalyzer extends AbstractFailureAnalyzer<PlanChangedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PlanChangedException cause) {
		return new FailureAnalysis(cause.problem(), cause.advice().orElse(null), cause);
	}

}
