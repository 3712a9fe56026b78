package io.veza.migrations.autoconfigure;

import java.util.stream.Collectors;

import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanRefusedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why migrations refuse to run.
 */
final class PlanRefusedFailureAnalyzer extends AbstractFailureAnalyzer<PlanRefusedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PlanRefusedException cause) {
		String description = cause.plan()
			.problems()
			.stream()
			.map(PlanProblem::message)
			.collect(Collectors.joining("\n\n", "Migrations refuse to run:\n\n", ""));
		return new FailureAnalysis(description,
				"Settle each of them as it says, then start again. The database was not changed.", cause);
	}

}
