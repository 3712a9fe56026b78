package io.veza.migrations.autoconfigure.startup;

/**
 * The answer of a start to pending migrations.
 *
 * @since 0.1.0
 */
public enum StartupMode {

	/** Apply what is pending. */
	MIGRATE,

	/** Fail if anything is pending. */
	VALIDATE,

	/** Stay unready until another process has applied all. */
	WAIT,

	/** Do nothing. */
	MANUAL

}
