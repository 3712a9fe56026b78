package io.veza.migrations.autoconfigure.startup;

/**
 * The consequence for a start whose migrations fail.
 *
 * @since 0.1.0
 */
public enum StartupFailurePolicy {

	/** Stop the application with an exit code. */
	SHUTDOWN,

	/** Keep the application up and unready. */
	REFUSE_TRAFFIC

}
