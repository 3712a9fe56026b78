package io.veza.migrations.autoconfigure;

import java.util.stream.Collectors;

import io.veza.migrations.PendingMigrationsException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains which migrations are pending where none may be.
 */
final class PendingMigrationsFailureAnalyzer extends AbstractFailureAnalyzer<PendingMigrationsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PendingMigrationsException cause) {
		String versions = cause.versions()
			.stream()
			.map((version) -> "\"" + version + "\"")
			.collect(Collectors.joining(", "));
		return new FailureAnalysis(
				"veza.migrations.mode is validate, and " + cause.versions().size() + " migration(s) are pending: "
						+ versions + ".",
				"Apply them from a process that runs with veza.migrations.mode=migrate, then start again. "
						+ "To wait for that process instead, set veza.migrations.mode=wait.",
				cause);
	}

}
