package io.veza.migrations.autoconfigure;

import io.veza.migrations.BackupFailedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why nothing was rolled back.
 */
final class BackupFailedFailureAnalyzer extends AbstractFailureAnalyzer<BackupFailedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BackupFailedException cause) {
		return new FailureAnalysis(cause.problem(), cause.advice().orElse(null), cause);
	}

}
