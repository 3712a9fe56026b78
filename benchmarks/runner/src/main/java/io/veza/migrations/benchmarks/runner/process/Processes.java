package io.veza.migrations.benchmarks.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.benchmarks.probe.Operation;
import io.veza.migrations.benchmarks.probe.Probe;
import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.probe.Target;

/**
 * Starts a process for each measurement, with the class path of who is measured and the
 * same options for all.
 */
public final class Processes {

	/** Liquibase would send statistics over the network. */
	private static final List<String> JVM_OPTIONS = List.of("-Xmx512m", "-Dliquibase.analytics.enabled=false");

	private static final Duration LIMIT = Duration.ofMinutes(15);

	private final Path home;

	private final boolean recording;

	private int recordings;

	/**
	 * Create a new instance.
	 * @param home the folder of the benchmarks
	 * @param recording whether the JDK's flight recorder watches each process
	 */
	public Processes(Path home, boolean recording) {
		this.home = home;
		this.recording = recording;
	}

	/**
	 * Return the options that every process has.
	 * @return options of the JVM
	 */
	public static List<String> jvmOptions() {
		return JVM_OPTIONS;
	}

	/**
	 * Do the same thing in a new process on one database after the other.
	 * @param contender who is measured
	 * @param operation what is measured
	 * @param databases where
	 * @return what each took; the first one is the first call in the process
	 * @throws IOException if the process cannot be started
	 * @throws InterruptedException if this thread is interrupted
	 */
	public List<Reading> run(Contender contender, Operation operation, List<Target> databases)
			throws IOException, InterruptedException {
		return (contender != Contender.PSQL) ? run(contender, operation, databases, List.of())
				: new Psql(LIMIT).run(Path.of(operation.location()), databases);
	}

	/**
	 * Do the same thing in a new process on one database after the other.
	 * @param contender who is measured
	 * @param operation what is measured
	 * @param databases where
	 * @param options more options of the JVM
	 * @return what each took
	 * @throws IOException if the process cannot be started
	 * @throws InterruptedException if this thread is interrupted
	 */
	public List<Reading> run(Contender contender, Operation operation, List<Target> databases, List<String> options)
			throws IOException, InterruptedException {
		List<String> command = java(options, contender.name() + "-" + operation.kind());
		command.addAll(List.of("-cp", classPath(contender), Probe.class.getName()));
		command.addAll(Probe.arguments(contender.toolClass(), operation, databases));
		List<Reading> readings = Reading.in(new Command(command, LIMIT).run());
		if (readings.size() != databases.size()) {
			throw new MeasurementFailedException("The process made " + readings.size() + " measurements instead of "
					+ databases.size() + ". Run it with --only to see more.");
		}
		return readings;
	}

	/**
	 * Do the same thing several times in a new process that is an executable jar.
	 * @param jar the jar, whose main class is that of the probe
	 * @param contender who is measured
	 * @param operation what is measured
	 * @param databases where
	 * @return what each took
	 * @throws IOException if the process cannot be started
	 * @throws InterruptedException if this thread is interrupted
	 */
	public List<Reading> runJar(Path jar, Contender contender, Operation operation, List<Target> databases)
			throws IOException, InterruptedException {
		List<String> command = java(List.of(), contender.name() + "-" + operation.kind());
		command.addAll(List.of("-jar", jar.toString()));
		command.addAll(Probe.arguments(contender.toolClass(), operation, databases));
		return Reading.in(new Command(command, LIMIT).run());
	}

	/**
	 * Start an application.
	 * @param jar the application
	 * @param name what the recording is called
	 * @param database its database
	 * @param arguments its arguments
	 * @return how long it took until it accepts traffic
	 * @throws IOException if the process cannot be started
	 * @throws InterruptedException if this thread is interrupted
	 */
	public Reading start(Path jar, String name, Target database, List<String> arguments)
			throws IOException, InterruptedException {
		List<String> command = java(List.of(), name);
		command.addAll(List.of("-jar", jar.toString(), "--server.port=0", "--spring.datasource.url=" + database.url(),
				"--spring.datasource.username=" + database.user(),
				"--spring.datasource.password=" + database.password()));
		command.addAll(arguments);
		return new Reading(new Command(command, LIMIT).runUntil("accepts traffic").toNanos(), 0);
	}

	private List<String> java(List<String> options, String name) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(JVM_OPTIONS);
		command.addAll(options);
		if (this.recording) {
			Path file = this.home.resolve("target").resolve("%03d-%s.jfr".formatted(++this.recordings, name));
			command.add("-XX:StartFlightRecording=settings=profile,filename=" + file);
			command.add("-Xlog:jfr*=off");
		}
		return command;
	}

	private String classPath(Contender contender) throws IOException {
		Path target = this.home.resolve(contender.module()).resolve("target");
		return target.resolve("classes") + System.getProperty("path.separator")
				+ Files.readString(target.resolve("classpath")).strip();
	}

}
