package io.veza.migrations.autoconfigure.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.veza.migrations.actuate.LastKnownStatus;
import io.veza.migrations.actuate.ProblemTranslator;
import io.veza.migrations.actuate.descriptor.ProblemDescriptor;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.failure.MigrationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * A translator of exceptions to failures of a command.
 */
final class CommandFailures {

	private final Environment environment;

	private final ProblemTranslator problems;

	/**
	 * Create a new instance.
	 * @param environment the environment of the application
	 * @param migrator tells where the database stands; asked after a failure of its own
	 */
	CommandFailures(Environment environment, Supplier<Migrator> migrator) {
		this.environment = environment;
		this.problems = new ProblemTranslator(new LastKnownStatus(migrator));
	}

	CommandFailure describe(Throwable failure) {
		int exitCode = CommandExitCodes.of(failure);
		MigrationException ours = find(MigrationException.class, failure);
		if (ours != null) {
			return new CommandFailure(exitCode, String.valueOf(ours.getMessage()), this.problems.describe(ours));
		}
		InvalidCommandException invalid = find(InvalidCommandException.class, failure);
		if (invalid != null) {
			return invalid(exitCode, String.valueOf(invalid.getMessage()));
		}
		return analyze(failure).map((text) -> invalid(exitCode, text)).orElseGet(() -> unexpected(exitCode, failure));
	}

	private static CommandFailure invalid(int exitCode, String text) {
		ProblemDescriptor problem = (exitCode == CommandExitCodes.INVALID)
				? ProblemTranslator.invalidConfiguration(text) : ProblemTranslator.unexpected(text);
		return new CommandFailure(exitCode, text, problem);
	}

	private static CommandFailure unexpected(int exitCode, Throwable failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace, true));
		return new CommandFailure(exitCode, trace.toString().strip(), ProblemTranslator.unexpected(failure.toString()));
	}

	private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	// the analyzers that need the context are passed over, since it may not be there
	private Optional<String> analyze(Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, ArgumentResolver.of(Environment.class, this.environment),
					FailureHandler.handleMessage((message, ex) -> {
					}))
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.map(CommandFailures::text);
	}

	private static String text(FailureAnalysis analysis) {
		String action = analysis.getAction();
		return (action != null) ? analysis.getDescription() + "\n\n" + action : analysis.getDescription();
	}

}
