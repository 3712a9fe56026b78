package io.veza.migrations.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.veza.migrations.PendingMigrationsException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains which migrations are pending where none may be.
 */
final class PendingMigrationsFailureAnalyzer extends AbstractFailureAnalyzer<PendingMigrationsException> {

	private static final String APPLY = "Apply them from a process that runs with veza.migrations.mode=migrate, "
			+ "then start again. To wait for that process instead, set veza.migrations.mode=wait.";

	private static final String RELEASE = "Correct the UP of what is held, or release it from a process that runs with "
			+ "veza.migrations.mode=migrate and veza.migrations.release-held=true, then start again. "
			+ "To start all the same, set veza.migrations.mode=wait, for which held migrations are settled.";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PendingMigrationsException cause) {
		return new FailureAnalysis("veza.migrations.mode is validate, and " + describe(cause),
				cause.held().isEmpty() ? APPLY : RELEASE, cause);
	}

	private static String describe(PendingMigrationsException cause) {
		List<String> sentences = new ArrayList<>();
		if (!cause.versions().isEmpty()) {
			sentences.add(cause.versions().size() + " migration(s) are pending: "
					+ cause.versions()
						.stream()
						.map((version) -> "\"" + version + "\"")
						.collect(Collectors.joining(", "))
					+ ".");
		}
		if (!cause.held().isEmpty()) {
			sentences.add(cause.held().size() + " migration(s) are held: "
					+ cause.held()
						.stream()
						.map((held) -> "\"" + held.version() + "\" " + held.story())
						.collect(Collectors.joining(", "))
					+ ".");
		}
		return String.join(" ", sentences);
	}

}
