package io.veza.migrations.autoconfigure;

import io.veza.migrations.MigratorClosedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a migration was asked for too late.
 */
final class MigratorClosedFailureAnalyzer extends AbstractFailureAnalyzer<MigratorClosedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MigratorClosedException cause) {
		return new FailureAnalysis("Migrations could not run:\n\n" + cause.getMessage(), "Start again.", cause);
	}

}
