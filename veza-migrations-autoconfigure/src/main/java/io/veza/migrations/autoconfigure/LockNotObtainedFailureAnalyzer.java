package io.veza.migrations.autoconfigure;

import io.veza.migrations.LockNotObtainedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains who keeps migrations from running.
 */
final class LockNotObtainedFailureAnalyzer extends AbstractFailureAnalyzer<LockNotObtainedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LockNotObtainedException cause) {
		return new FailureAnalysis("Another run of migrations did not end in time:\n\n" + cause.getMessage(),
				"Wait until it has ended, or end the session that holds the lock, then start again. "
						+ "If its migrations take long, raise veza.migrations.lock.wait.",
				cause);
	}

}
