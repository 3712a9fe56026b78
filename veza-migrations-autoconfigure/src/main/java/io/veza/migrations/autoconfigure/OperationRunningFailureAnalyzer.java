package io.veza.migrations.autoconfigure;

import io.veza.migrations.OperationRunningException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that an operator was faster than the start.
 */
final class OperationRunningFailureAnalyzer extends AbstractFailureAnalyzer<OperationRunningException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, OperationRunningException cause) {
		return new FailureAnalysis("Migrations could not run at the start:\n\n" + cause.getMessage(),
				"Wait until the operation has ended, then start again.", cause);
	}

}
