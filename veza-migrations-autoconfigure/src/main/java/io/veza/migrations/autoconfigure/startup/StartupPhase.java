package io.veza.migrations.autoconfigure.startup;

/**
 * The phase of a start in which migrations run.
 *
 * @since 0.1.0
 */
public enum StartupPhase {

	/** When the application is ready, before it accepts traffic. */
	APPLICATION_READY,

	/** Before every bean that depends on database initialization. */
	DATABASE_INITIALIZATION

}
