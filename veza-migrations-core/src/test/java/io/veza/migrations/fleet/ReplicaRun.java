package io.veza.migrations.fleet;

import java.time.Instant;

import io.veza.migrations.testsupport.JavaProcess;

/**
 * What a replica did.
 *
 * @param exitCode its exit code
 * @param migrations how many migrations it applied or took back
 * @param ready when it was done, by the clock of this machine
 */
record ReplicaRun(int exitCode, int migrations, Instant ready) {

	private static final String PREFIX = "ready: ";

	static String line(int migrations, Instant ready) {
		return PREFIX + migrations + " " + ready;
	}

	static ReplicaRun await(JavaProcess process) {
		String[] parts = process.awaitLine(PREFIX).substring(PREFIX.length()).split(" ");
		return new ReplicaRun(process.awaitExit(), Integer.parseInt(parts[0]), Instant.parse(parts[1]));
	}

}
