package io.veza.migrations.sample.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another Java process that runs an embedded database until it is killed.
 */
final class EmbeddedDatabaseProcess implements AutoCloseable {

	private static final String READY = "database is ready";

	private final Process process;

	private EmbeddedDatabaseProcess(Process process) {
		this.process = process;
	}

	static EmbeddedDatabaseProcess start(Path directory) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), EmbeddedDatabaseProcess.class.getName(), directory.toString())
			.redirectErrorStream(true)
			.start();
		BufferedReader output = process.inputReader();
		assertThat(output.lines().anyMatch(READY::equals)).as("the other process is ready").isTrue();
		return new EmbeddedDatabaseProcess(process);
	}

	public static void main(String[] args) throws InterruptedException {
		EmbeddedDatabase.start(Path.of(args[0]));
		System.out.println(READY);
		new CountDownLatch(1).await();
	}

	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		kill();
	}

}
