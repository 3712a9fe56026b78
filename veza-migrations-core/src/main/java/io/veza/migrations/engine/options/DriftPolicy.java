package io.veza.migrations.engine.options;

/**
 * The reaction to drift: a schema that is not as the newest run left it.
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
