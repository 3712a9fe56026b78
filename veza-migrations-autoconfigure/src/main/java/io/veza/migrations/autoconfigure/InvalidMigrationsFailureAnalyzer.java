package io.veza.migrations.autoconfigure;

import java.util.stream.Collectors;

import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.InvalidMigrationsException.FileProblem;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains what is wrong with migration files.
 */
final class InvalidMigrationsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidMigrationsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidMigrationsException cause) {
		String description = cause.problems()
			.stream()
			.map(FileProblem::toString)
			.collect(Collectors.joining("\n\n", "Migration files are not valid:\n\n", ""));
		return new FailureAnalysis(description, "Correct the files and start again. The database was not touched.",
				cause);
	}

}
