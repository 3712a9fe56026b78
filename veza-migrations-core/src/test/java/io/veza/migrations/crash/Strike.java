package io.veza.migrations.crash;

/**
 * What ends a run before its time.
 */
enum Strike {

	/** The process is killed. */
	KILL("kill -9 of the process"),

	/** An administrator terminates the backend. */
	TERMINATION("termination of the backend"),

	/** The server shuts down at once, as in a crash, and is started again. */
	SHUTDOWN("immediate shutdown of the server");

	private final String description;

	Strike(String description) {
		this.description = description;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
