package io.veza.migrations.autoconfigure.startup;

/**
 * The consequence for a start while migrations are held.
 *
 * @since 0.1.0
 */
public enum HeldPolicy {

	/** Let the application serve. */
	ACCEPT_TRAFFIC,

	/** Keep the application up and unready. */
	REFUSE_TRAFFIC

}
