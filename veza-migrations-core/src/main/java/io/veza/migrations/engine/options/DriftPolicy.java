package io.veza.migrations.engine;

/**
 * What to do when the schema is not as the newest run left it.
 *
 * @since 0.1.0
 */
public enum DriftPolicy {

	/** Do not look. */
	IGNORE,

	/** Say what differs, and go on. */
	WARN,

	/** Refuse to run. */
	FAIL

}
