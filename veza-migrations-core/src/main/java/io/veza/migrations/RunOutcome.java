package io.veza.migrations;

import java.util.Locale;

/**
 * The outcome of a run as a whole.
 *
 * @since 0.1.0
 */
public enum RunOutcome {

	/** Everything that the plan held was done. */
	SUCCESS,

	/** The run ended early, with or without migrations that were done before. */
	FAILURE;

	/**
	 * Return the name as metrics and logs write it.
	 * @return the name in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
