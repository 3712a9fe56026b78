package io.veza.migrations.autoconfigure.command;

import java.util.stream.Stream;

import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.RollbackVerification;
import io.veza.migrations.failure.MigrationException;
import org.springframework.beans.BeansException;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;

/**
 * The exit codes of a process that runs a command.
 */
public final class CommandExitCodes {

	public static final int DONE = 0;

	public static final int UNEXPECTED = 1;

	public static final int INVALID = 2;

	public static final int DIFFERS = 8;

	public static final int FINDINGS = 9;

	public static final int REFUSED = 10;

	private CommandExitCodes() {
	}

	static int of(MigrationPlan plan) {
		return plan.problems().isEmpty() ? DONE : REFUSED;
	}

	static int of(MigrationReport report) {
		RollbackVerification verification = report.verification();
		boolean differs = verification != null && verification.restored() == RollbackVerification.Restored.NO;
		return differs ? DIFFERS : DONE;
	}

	static int of(Throwable failure) {
		return causes(failure).map(CommandExitCodes::known)
			.filter((code) -> code != DONE)
			.findFirst()
			.orElseGet(() -> causes(failure).anyMatch(CommandExitCodes::isInvalid) ? INVALID : UNEXPECTED);
	}

	private static int known(Throwable failure) {
		if (failure instanceof MigrationException ours) {
			return ours.exitCode();
		}
		return (failure instanceof ExitCodeGenerator generator) ? generator.getExitCode() : DONE;
	}

	/** A bean that cannot be made before any work was begun is not configured well. */
	private static boolean isInvalid(Throwable failure) {
		return failure instanceof BindException || failure instanceof ConfigDataException
				|| failure instanceof BeansException;
	}

	private static Stream<Throwable> causes(Throwable failure) {
		return Stream.iterate(failure, (cause) -> cause != null, Throwable::getCause);
	}

}
