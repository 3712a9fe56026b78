package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.failure.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program of PostgreSQL to its end, and ends it when its time is up or the
 * application closes.
 */
final class PgDumpProcess {

	private static final long POLL_MILLIS = 50;

	/** To cancel its query on the server. */
	private static final Duration GRACE = Duration.ofSeconds(3);

	/** Variables that would lead the program elsewhere; passwords and keys stay. */
	private static final List<String> INHERITED = List.of("PGPASS", "PGSSL", "PGGSS", "PGKRB", "PGCHANNELBINDING",
			"PGREQUIRE", "PGSYSCONFDIR");

	private final Clock clock;

	private final CancellationToken cancellation;

	/**
	 * Create a new instance.
	 * @param clock measures how long it runs
	 * @param cancellation the wish to end early
	 */
	PgDumpProcess(Clock clock, CancellationToken cancellation) {
		this.clock = clock;
		this.cancellation = cancellation;
	}

	/**
	 * Run a program.
	 * @param command its path and arguments
	 * @param variables of its environment
	 * @param timeout how long it may run, {@code null} for as long as it takes
	 * @param output takes what it writes to its standard output
	 * @return how it ended
	 * @throws BackupFailedException if it cannot be started, or did not end by itself
	 */
	ProcessOutcome run(List<String> command, Map<String, String> variables, @Nullable Duration timeout,
			OutputStream output) {
		Process process = start(command, variables);
		PgDumpErrors errors = new PgDumpErrors();
		Thread outputReader = read(process.getInputStream(), output);
		Thread errorReader = read(process.getErrorStream(), errors);
		try {
			await(process, command.get(0), timeout);
			outputReader.join(GRACE.toMillis());
			errorReader.join(GRACE.toMillis());
			return new ProcessOutcome(process.exitValue(), errors.text(), !outputReader.isAlive());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw interrupted(command.get(0), ex);
		}
		finally {
			end(process);
		}
	}

	private static Process start(List<String> command, Map<String, String> variables) {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment()
			.keySet()
			.removeIf((name) -> name.startsWith("PG") && INHERITED.stream().noneMatch(name::startsWith));
		builder.environment().putAll(variables);
		// its messages are quoted in ours
		builder.environment().put("LC_ALL", "C");
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			return process;
		}
		catch (IOException ex) {
			throw new BackupFailedException("The program \"" + command.get(0) + "\" could not be started.",
					"Check that it is a program that this user may execute, "
							+ "or set veza.migrations.backup.pg-dump.command.",
					ex);
		}
	}

	private void await(Process process, String program, @Nullable Duration timeout) throws InterruptedException {
		Instant start = this.clock.instant();
		while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
			if (this.cancellation.isRequested()) {
				throw interrupted(program, null);
			}
			if (timeout != null && Duration.between(start, this.clock.instant()).compareTo(timeout) > 0) {
				throw new BackupFailedException(
						"The program \"" + program + "\" was ended because it took longer than " + timeout + ".",
						"Look what keeps it, or raise veza.migrations.backup.pg-dump.timeout.", null);
			}
		}
	}

	private static BackupFailedException interrupted(String program, @Nullable Exception cause) {
		return new BackupFailedException(
				"The program \"" + program + "\" was ended because the application closes or the run was interrupted.",
				"Start the rollback again.", cause);
	}

	/** With what it has started itself: a wrapper may have. */
	private static void end(Process process) {
		if (!process.isAlive()) {
			return;
		}
		List<ProcessHandle> family = process.descendants().toList();
		process.toHandle().destroy();
		family.forEach(ProcessHandle::destroy);
		process.onExit().completeOnTimeout(process, GRACE.toMillis(), TimeUnit.MILLISECONDS).join();
		process.toHandle().destroyForcibly();
		family.forEach(ProcessHandle::destroyForcibly);
		process.onExit().completeOnTimeout(process, GRACE.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	private static Thread read(InputStream from, OutputStream to) {
		Thread thread = new Thread(() -> transfer(from, to), "veza-migrations-pg-dump");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static void transfer(InputStream from, OutputStream to) {
		try (from) {
			from.transferTo(to);
		}
		catch (IOException ex) {
			// the process is gone: how it ended says more
		}
	}

	/**
	 * The end of a program.
	 *
	 * @param exitCode its exit code
	 * @param errors what it said last
	 * @param wholeOutput whether its output was read to the end
	 */
	record ProcessOutcome(int exitCode, String errors, boolean wholeOutput) {

	}

}
