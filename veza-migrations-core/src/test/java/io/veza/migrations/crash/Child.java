package io.veza.migrations.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A migrating process as seen from outside.
 */
final class Child {

	/** A run that takes longer than this is stuck, which no scenario forgives. */
	private static final int PATIENCE_SECONDS = 120;

	private static final Set<Phase> WORK = EnumSet.of(Phase.CONCURRENTLY, Phase.COPY, Phase.COMMIT, Phase.RECORD);

	private static final Pattern FRAME = Pattern.compile("\\s+(at .+|\\.\\.\\. \\d+ more)");

	private final Process process;

	private final BufferedReader out;

	private final Path errors;

	private final List<PhaseLine> lines = new ArrayList<>();

	private final List<String> logged = new ArrayList<>();

	private volatile boolean stuck;

	Child(Process process, Path errors) {
		this.process = process;
		this.out = process.inputReader(StandardCharsets.UTF_8);
		this.errors = errors;
		process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).exceptionally((ex) -> {
			this.stuck = true;
			kill();
			return process;
		});
	}

	/**
	 * Wait for the phase of a target.
	 * @param target the target
	 * @return whether it began; otherwise the process has ended without it
	 * @throws IOException if the output cannot be read
	 */
	boolean awaitPhase(Target target) throws IOException {
		while (begun(target.phase()) < target.occurrence()) {
			if (!readLine()) {
				return false;
			}
		}
		return true;
	}

	private long begun(Phase phase) {
		return this.lines.stream().filter((line) -> line.phase() == phase && !line.ended()).count();
	}

	/**
	 * Wait for the moment of a target whose phase has begun.
	 * @param target the target
	 */
	void awaitMoment(Target target) {
		long moment = this.lines.get(this.lines.size() - 1).nanos() + target.delay().toNanos();
		for (long wait = moment - System.nanoTime(); wait > 0; wait = moment - System.nanoTime()) {
			LockSupport.parkNanos(wait);
		}
	}

	/**
	 * Wait until the process waits for the lock, or works.
	 * @throws IOException if the output cannot be read
	 */
	void awaitLockOrWork() throws IOException {
		while (this.lines.stream().noneMatch((line) -> WORK.contains(line.phase())) && begun(Phase.LOCK) < 2) {
			if (!readLine()) {
				return;
			}
		}
	}

	private boolean readLine() throws IOException {
		String line = this.out.readLine();
		if (line == null) {
			return false;
		}
		PhaseLine.parse(line).ifPresentOrElse(this.lines::add, () -> this.logged.add(line));
		return true;
	}

	/** {@link Process#destroyForcibly} would also close the stream that is read here. */
	void kill() {
		this.process.toHandle().destroyForcibly();
	}

	/**
	 * Read the rest of the output and wait for the end of the process.
	 * @return its exit code
	 * @throws IOException if the output cannot be read
	 */
	int finish() throws IOException {
		while (readLine()) {
			continue;
		}
		return this.process.onExit().join().exitValue();
	}

	boolean stuck() {
		return this.stuck;
	}

	List<PhaseLine> lines() {
		return List.copyOf(this.lines);
	}

	/**
	 * Return what else the process printed, without the frames of stack traces.
	 * @return the lines, those of its standard error last
	 * @throws IOException if they cannot be read
	 */
	List<String> log() throws IOException {
		return Stream.concat(this.logged.stream(), Files.readAllLines(this.errors).stream())
			.filter((line) -> !FRAME.matcher(line).matches())
			.toList();
	}

}
