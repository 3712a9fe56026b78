package io.veza.migrations.crash;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import io.veza.migrations.testsupport.TestServer;
import org.jspecify.annotations.Nullable;

/**
 * How often to strike, and where: system properties that begin with {@code veza.crash}.
 *
 * @param kills how many processes are killed
 * @param terminations how many backends are terminated
 * @param shutdowns how many times the server is shut down
 * @param rollbacks how many rollbacks with a backup are killed
 * @param seed makes the choices
 * @param phases which phases are aimed at
 * @param server the server to use, {@code null} for an embedded one, which alone can be
 * shut down
 */
record CrashOptions(int kills, int terminations, int shutdowns, int rollbacks, long seed, Set<Phase> phases,
		@Nullable TestServer server) {

	private static final int SHORT = 20;

	private static final int FEW = 6;

	/**
	 * Return what the system properties say: {@code kills}, {@code terminations},
	 * {@code shutdowns}, {@code rollbacks}, {@code seed}, {@code phases} such as
	 * {@code copy,commit}, and {@code server} such as {@code localhost:5432} with
	 * {@code user} and {@code password}.
	 * @return the options
	 */
	static CrashOptions fromSystemProperties() {
		return new CrashOptions(Integer.getInteger("veza.crash.kills", SHORT),
				Integer.getInteger("veza.crash.terminations", 2), Integer.getInteger("veza.crash.shutdowns", 1),
				Integer.getInteger("veza.crash.rollbacks", FEW),
				Long.getLong("veza.crash.seed", System.nanoTime() % 1_000_000), readPhases(), readServer());
	}

	boolean isLong() {
		return this.kills > SHORT;
	}

	private static Set<Phase> readPhases() {
		String phases = System.getProperty("veza.crash.phases");
		Set<Phase> result = EnumSet.allOf(Phase.class);
		if (phases != null) {
			result.retainAll(Arrays.stream(phases.split(",")).map(Phase::byId).toList());
		}
		return result;
	}

	private static @Nullable TestServer readServer() {
		String server = System.getProperty("veza.crash.server");
		if (server != null) {
			String[] parts = server.split(":");
			return new TestServer(parts[0], Integer.parseInt(parts[1]),
					System.getProperty("veza.crash.user", "postgres"),
					System.getProperty("veza.crash.password", "postgres"));
		}
		return "testcontainers".equals(System.getProperty("veza.test.postgres")) ? TestServer.get() : null;
	}

}
