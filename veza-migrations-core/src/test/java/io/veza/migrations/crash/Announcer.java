package io.veza.migrations.crash;

import java.io.PrintStream;
import java.util.List;

/**
 * Prints before and after each call of the driver what it is for.
 */
final class Announcer {

	/** What our own statements begin with, which tell little about a batch. */
	private static final String OURS = "(SET|BEGIN|SELECT pg_catalog|SELECT 'role')\\b[\\s\\S]*";

	private final PrintStream out;

	Announcer(PrintStream out) {
		this.out = out;
	}

	<T> T announce(List<String> statements, Call<T> call) throws Throwable {
		String telling = statements.stream().filter((sql) -> !sql.matches(OURS)).findFirst().orElse(statements.get(0));
		return announce(Phase.of(statements), telling, call);
	}

	<T> T announce(Phase phase, String text, Call<T> call) throws Throwable {
		PhaseLine line = PhaseLine.begun(phase, text);
		print(line);
		try {
			return call.run();
		}
		finally {
			print(line.end());
		}
	}

	/** One write, so that a killed process leaves whole lines. */
	private void print(PhaseLine line) {
		this.out.print(line + "\n");
		this.out.flush();
	}

	/**
	 * A call of the driver.
	 *
	 * @param <T> what it returns
	 */
	@FunctionalInterface
	interface Call<T> {

		T run() throws Throwable;

	}

}
