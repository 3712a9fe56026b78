package io.veza.migrations.autoconfigure;

import io.veza.migrations.MigrationFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains where a migration failed, why, and what to do.
 */
final class MigrationFailedFailureAnalyzer extends AbstractFailureAnalyzer<MigrationFailedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MigrationFailedException cause) {
		String advice = cause.failure().advice();
		return new FailureAnalysis(
				description(cause, advice), (advice != null) ? advice : "Correct \"" + cause.failure().file()
						+ "\" and start again. " + "What was applied before stays applied and is not run again.",
				cause);
	}

	// the advice is the last line of the message, and has a place of its own here
	private String description(MigrationFailedException cause, @Nullable String advice) {
		String message = String.valueOf(cause.getMessage());
		String lastLine = "\nAction: " + advice;
		return message.endsWith(lastLine) ? message.substring(0, message.length() - lastLine.length()) : message;
	}

}
