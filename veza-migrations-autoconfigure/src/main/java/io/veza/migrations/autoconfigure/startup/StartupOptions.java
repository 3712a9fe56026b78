package io.veza.migrations.autoconfigure.startup;

/**
 * The options of a start.
 *
 * @param mode what it does with migrations that are pending
 * @param onFailure what becomes of it when migrations fail
 * @param onHeld what becomes of it while migrations are held
 * @param releaseHeld whether it may apply again what was rolled back
 */
public record StartupOptions(StartupMode mode, StartupFailurePolicy onFailure, HeldPolicy onHeld, boolean releaseHeld) {

	/**
	 * Return whether an application that refuses traffic goes on to do so while something
	 * is held: it is told to, nothing may be held, or it was to release that and failed.
	 * @return whether what is held keeps it unready
	 */
	public boolean refusesHeld() {
		return this.onHeld == HeldPolicy.REFUSE_TRAFFIC || this.mode == StartupMode.VALIDATE
				|| (this.mode == StartupMode.MIGRATE && this.releaseHeld);
	}

}
